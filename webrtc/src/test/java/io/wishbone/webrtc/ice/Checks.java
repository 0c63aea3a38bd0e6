package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/// Writes and reads the messages of a peer by hand.
final class Checks {

  static final IceCredentials SERVER =
      new IceCredentials("srvr", "server-password-0123456789".replace('-', '/'));
  static final IceCredentials CLIENT =
      new IceCredentials("clnt", "client-password-0123456789".replace('-', '/'));

  static final long MILLISECOND = 1_000_000L;
  static final long SECOND = 1_000 * MILLISECOND;

  private Checks() {}

  static InetSocketAddress address(int lastByte) {
    return new InetSocketAddress("192.0.2." + lastByte, 5000);
  }

  static IceCandidate candidate(InetSocketAddress address, long priority) {
    return IceCandidate.parse(
        "1 1 udp %d %s %d typ host"
            .formatted(priority, address.getAddress().getHostAddress(), address.getPort()));
  }

  /// A request of the client to the server, without any attribute of its own.
  static byte[] request(Consumer<StunWriter> attributes) {
    return request(SERVER, CLIENT, new TransactionId(1, 2), attributes);
  }

  /// The same in a transaction of its own.
  static byte[] request(long transaction, Consumer<StunWriter> attributes) {
    return request(SERVER, CLIENT, new TransactionId(9, transaction), attributes);
  }

  static byte[] request(
      IceCredentials to, IceCredentials from, TransactionId id, Consumer<StunWriter> attributes) {
    return message(
        StunMessageType.BINDING_REQUEST,
        id,
        to.password(),
        writer -> {
          writer.username((to.usernameFragment() + ":" + from.usernameFragment()).getBytes());
          attributes.accept(writer);
        });
  }

  static byte[] message(
      StunMessageType type, TransactionId id, String password, Consumer<StunWriter> attributes) {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    StunWriter writer = new StunWriter().begin(buffer, 0, type, id);
    attributes.accept(writer);
    writer.integrity(StunKey.shortTerm(password)).fingerprint();
    return Arrays.copyOf(buffer.array(), writer.length());
  }

  static StunReader read(byte[] message) {
    StunReader reader = new StunReader();
    if (!reader.wrap(ByteBuffer.wrap(message), 0, message.length)) {
      throw new AssertionError("malformed");
    }
    return reader;
  }

  /// Hands a datagram over in the middle of a larger buffer.
  static void deliver(
      IceAgent agent,
      byte[] datagram,
      InetSocketAddress from,
      long nowNanos,
      SentDatagrams outbox) {
    ByteBuffer buffer = ByteBuffer.allocate(datagram.length + 64).put(32, datagram);
    agent.handleStun(buffer, 32, datagram.length, from, nowNanos, outbox);
  }
}
