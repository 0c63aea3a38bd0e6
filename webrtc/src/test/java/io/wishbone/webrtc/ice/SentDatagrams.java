package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// An outbox that keeps what was sent. Claims lie at changing offsets, as in a real arena.
final class SentDatagrams implements Outbox {

  record Sent(byte[] datagram, InetSocketAddress to) {}

  private final List<Sent> sent = new ArrayList<>();
  private final ByteBuffer arena = ByteBuffer.allocateDirect(4096);
  private int offset;

  @Override
  public ByteBuffer buffer() {
    return arena;
  }

  @Override
  public int claim(int capacity) {
    offset = (offset + 61) % 1024;
    return offset;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    byte[] datagram = new byte[length];
    arena.get(offset, datagram);
    sent.add(new Sent(datagram, destination));
  }

  int count() {
    return sent.size();
  }

  /// What was sent since this was last asked.
  List<Sent> take() {
    List<Sent> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  Sent takeOnly() {
    List<Sent> taken = take();
    if (taken.size() != 1) {
      throw new AssertionError("sent " + taken.size() + " datagrams");
    }
    return taken.getFirst();
  }
}
