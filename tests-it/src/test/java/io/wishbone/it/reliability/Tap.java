package io.wishbone.it.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands between one client and the server: the server knows the client by the address of the tap,
/// so that whoever sends from there sends from the right 5-tuple.
final class Tap implements AutoCloseable {

  private static final int MAX_DATAGRAM = 2_000;
  private static final int KEPT = 200;

  private final DatagramSocket front;
  private final DatagramSocket back;
  private final InetSocketAddress server;
  private final List<byte[]> sent = new CopyOnWriteArrayList<>();
  private final AtomicLong media = new AtomicLong();
  private volatile @Nullable InetSocketAddress client;
  private volatile Predicate<byte[]> held = _ -> false;

  /// @param serverPort where the server's media port is, on this machine
  Tap(int serverPort) {
    var loopback = InetAddress.getLoopbackAddress();
    server = new InetSocketAddress(loopback, serverPort);
    try {
      front = new DatagramSocket(new InetSocketAddress(loopback, 0));
      back = new DatagramSocket(new InetSocketAddress(loopback, 0));
    } catch (SocketException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofPlatform().daemon().name("tap-front").start(() -> read(front, this::toServer));
    Thread.ofPlatform().daemon().name("tap-back").start(() -> read(back, this::toClient));
  }

  /// The answer, with the tap in place of the server.
  String through(String answer) {
    return answer.replaceAll(
        "(a=candidate:\\S+ \\d+ udp \\d+) \\S+ \\d+",
        "$1 " + front.getLocalAddress().getHostAddress() + " " + front.getLocalPort());
  }

  /// What SRTP looks like, RTCP excepted (RFC 5761 §4).
  static boolean isMedia(byte[] datagram) {
    int type = datagram.length < 2 ? 0 : datagram[1] & 0x7f;
    return datagram.length > 12 && (datagram[0] & 0xc0) == 0x80 && (type < 64 || type > 95);
  }

  /// A ClientHello in clear text (RFC 6347).
  static boolean isClientHello(byte[] datagram) {
    return datagram.length > 13 && datagram[0] == 22 && datagram[13] == 1;
  }

  /// A datagram of this kind that the client has sent, null while there is none.
  byte @Nullable [] seen(Predicate<byte[]> kind) {
    return sent.stream().filter(kind).findFirst().orElse(null);
  }

  /// Lets nothing of this kind through to the server any more.
  void hold(Predicate<byte[]> kind) {
    held = kind;
  }

  /// How many packets of media the server has sent to the client.
  long media() {
    return media.get();
  }

  /// Sends to the server in the client's name.
  void send(byte[] datagram) {
    try {
      back.send(new DatagramPacket(datagram, datagram.length, server));
    } catch (IOException _) {
      // Its buffer is full; what the server has got is counted there.
    }
  }

  private interface Taker {
    void take(byte[] datagram, InetSocketAddress source) throws IOException;
  }

  private static void read(DatagramSocket socket, Taker taker) {
    var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    while (!socket.isClosed()) {
      try {
        packet.setLength(MAX_DATAGRAM);
        socket.receive(packet);
        taker.take(
            Arrays.copyOf(packet.getData(), packet.getLength()),
            (InetSocketAddress) packet.getSocketAddress());
      } catch (IOException _) {
        // Closed, or the other end is: the next one shows which.
      }
    }
  }

  private void toServer(byte[] datagram, InetSocketAddress source) {
    client = source;
    if (sent.size() < KEPT) {
      sent.add(datagram);
    }
    if (!held.test(datagram)) {
      send(datagram);
    }
  }

  private void toClient(byte[] datagram, InetSocketAddress source) throws IOException {
    if (isMedia(datagram)) {
      media.incrementAndGet();
    }
    InetSocketAddress known = client;
    if (known != null) {
      front.send(new DatagramPacket(datagram, datagram.length, known));
    }
  }

  @Override
  public void close() {
    front.close();
    back.close();
  }
}
