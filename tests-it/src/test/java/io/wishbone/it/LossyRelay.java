package io.wishbone.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Carries datagrams between clients and a server, and loses and delays some: those of RTP and
/// RTCP, both ways, of clients that come after [#lose].
final class LossyRelay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 2_000;

  private final DatagramSocket front;
  private final InetSocketAddress server;
  private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor delays = new ScheduledThreadPoolExecutor(1);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong carried = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile double loss;
  private volatile long delayMillis;

  LossyRelay(int port, int serverPort) throws SocketException {
    var loopback = InetAddress.getLoopbackAddress();
    front = new DatagramSocket(new InetSocketAddress(loopback, port));
    server = new InetSocketAddress(loopback, serverPort);
    start(this::readFront);
  }

  /// Clients that come from now on lose this share each way, and have this delay one way.
  void lose(double share, long oneWayMillis) {
    loss = share;
    delayMillis = oneWayMillis;
  }

  double lostShare() {
    return (double) lost.get() / Math.max(1, carried.get());
  }

  private void start(Runnable work) {
    synchronized (threads) {
      threads.add(Thread.ofVirtual().start(work));
    }
  }

  private void readFront() {
    byte[] buffer = new byte[MAX_DATAGRAM];
    while (!front.isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        front.receive(packet);
        Client client = clients.computeIfAbsent(packet.getSocketAddress(), this::open);
        client.carry(packet, client.back(), server);
      } catch (IOException _) {
        // Closed, or a client's port is: the next one shows which.
      }
    }
  }

  private final Map<SocketAddress, Client> clients = new ConcurrentHashMap<>();

  private Client open(SocketAddress address) {
    try {
      var back = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      backs.put(address, back);
      var client = new Client(back, loss, delayMillis);
      start(() -> readBack(client, address));
      return client;
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readBack(Client client, SocketAddress address) {
    byte[] buffer = new byte[MAX_DATAGRAM];
    while (!client.back().isClosed()) {
      var packet = new DatagramPacket(buffer, buffer.length);
      try {
        client.back().receive(packet);
        client.carry(packet, front, address);
      } catch (IOException _) {
        // As above.
      }
    }
  }

  private final class Client {
    private final DatagramSocket back;
    private final double share;
    private final long millis;

    Client(DatagramSocket back, double share, long millis) {
      this.back = back;
      this.share = share;
      this.millis = millis;
    }

    DatagramSocket back() {
      return back;
    }

    void carry(DatagramPacket packet, DatagramSocket from, SocketAddress to) throws IOException {
      int first = packet.getData()[0] & 0xFF;
      boolean media = first >= 128 && first < 192;
      if (share > 0 && media) {
        carried.incrementAndGet();
        if (ThreadLocalRandom.current().nextDouble() < share) {
          lost.incrementAndGet();
          return;
        }
      }
      if (millis == 0) {
        from.send(new DatagramPacket(packet.getData(), packet.getLength(), to));
        return;
      }
      byte[] copy = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
      delays.schedule(
          () -> {
            try {
              from.send(new DatagramPacket(copy, copy.length, to));
            } catch (IOException _) {
              // Closed meanwhile.
            }
          },
          millis,
          TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    front.close();
    backs.values().forEach(DatagramSocket::close);
    delays.shutdownNow();
  }
}
