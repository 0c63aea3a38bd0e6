package io.wishbone.it.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/// The network between clients and a server: takes datagrams of clients at one port, and gives each
/// client a port of its own towards the server. All datagrams count, of ICE and DTLS as well.
///
/// A path is opened before its client comes: whoever sends for the first time is on the path that
/// was opened last.
public final class Relay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 2_000;
  private static final int SOCKET_BUFFER = 1 << 20;

  private final DatagramSocket front;
  private final InetSocketAddress server;
  private final Map<SocketAddress, Client> clients = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("relay").factory());
  private volatile Path path;
  private long seed;

  private record Client(DatagramSocket back, Path path) {}

  /// @param seed of everything that is lost
  public Relay(int port, int serverPort, long seed) throws SocketException {
    var loopback = InetAddress.getLoopbackAddress();
    this.seed = seed;
    front = new DatagramSocket(new InetSocketAddress(loopback, port));
    enlarge(front);
    server = new InetSocketAddress(loopback, serverPort);
    path = open(Conditions.PERFECT, Conditions.PERFECT);
    Thread.ofPlatform().daemon().name("relay-front").start(this::readFront);
  }

  private static void enlarge(DatagramSocket socket) throws SocketException {
    socket.setReceiveBufferSize(SOCKET_BUFFER);
    socket.setSendBufferSize(SOCKET_BUFFER);
  }

  /// The path of the clients that come from now on.
  public Path open(Conditions up, Conditions down) {
    path = new Path(new Link(up, seed++, timer), new Link(down, seed++, timer));
    return path;
  }

  private void readFront() {
    var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!front.isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM);
        front.receive(packet);
        Client client = clients.computeIfAbsent(packet.getSocketAddress(), this::welcome);
        pass(client.path().up(), packet, client.back(), server);
      } catch (IOException _) {
        // Closed, or a client's port is: the next one shows which.
      }
    }
  }

  private Client welcome(SocketAddress address) {
    try {
      var back = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      enlarge(back);
      var client = new Client(back, path);
      Thread.ofPlatform().daemon().name("relay-back").start(() -> readBack(client, address));
      return client;
    } catch (SocketException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readBack(Client client, SocketAddress address) {
    var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!client.back().isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM);
        client.back().receive(packet);
        pass(client.path().down(), packet, front, address);
      } catch (IOException _) {
        // As above.
      }
    }
  }

  private static void pass(
      Link link, DatagramPacket packet, DatagramSocket from, SocketAddress to) {
    byte[] copy = Arrays.copyOf(packet.getData(), packet.getLength());
    link.carry(
        copy.length,
        () -> {
          try {
            from.send(new DatagramPacket(copy, copy.length, to));
          } catch (IOException _) {
            // Closed meanwhile.
          }
        });
  }

  @Override
  public void close() {
    front.close();
    clients.values().forEach(client -> client.back().close());
    timer.shutdownNow();
  }
}
