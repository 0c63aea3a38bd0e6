package io.wishbone.node.worker;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.transport.PacketProtocol;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Counts the media packets that go to each address.
final class MediaCount implements Outbox {
  private final Outbox outbox;
  private final Map<InetSocketAddress, Long> packets = new HashMap<>();

  MediaCount(Outbox outbox) {
    this.outbox = outbox;
  }

  long to(InetSocketAddress destination) {
    return packets.getOrDefault(destination, 0L);
  }

  @Override
  public ByteBuffer buffer() {
    return outbox.buffer();
  }

  @Override
  public int claim(int capacity) {
    return outbox.claim(capacity);
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    if (PacketProtocol.of(buffer(), offset, length) == PacketProtocol.RTP) {
      packets.merge(destination, 1L, Long::sum);
    }
    outbox.commit(offset, length, destination);
  }
}
