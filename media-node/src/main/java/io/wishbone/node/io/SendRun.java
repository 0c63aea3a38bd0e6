package io.wishbone.node.io;

import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Datagrams to one destination that lie side by side in memory and are of equal length, but for
/// the last one, which may be shorter: what the kernel takes as one segmented datagram. Reused.
final class SendRun {
  /// The kernel's limit, UDP_MAX_SEGMENTS.
  static final int MAX_PACKETS = 64;

  /// What fits behind an IPv6 and a UDP header into the 65,535 bytes that a packet may have.
  private static final int MAX_BYTES = 65_535 - 48;

  private @Nullable SendChunk chunk;
  private @Nullable InetSocketAddress destination;
  private int offset;
  private int length;
  private int segment;
  private int packets;
  private boolean closed;

  /// Begins with a datagram.
  void begin(SendChunk where, int at, int bytes, InetSocketAddress to) {
    chunk = where;
    destination = to;
    offset = at;
    length = bytes;
    segment = bytes;
    packets = 1;
    closed = false;
  }

  /// Takes one more datagram, if it goes on where and as the run does.
  boolean append(SendChunk where, int at, int bytes, InetSocketAddress to) {
    if (closed
        || where != chunk
        || at != offset + length
        || bytes > segment
        || packets == MAX_PACKETS
        || length + bytes > MAX_BYTES
        || to != destination && !to.equals(destination)) {
      return false;
    }
    length += bytes;
    packets++;
    closed = bytes < segment;
    return true;
  }

  /// Nothing is appended any more.
  void close() {
    closed = true;
  }

  SendChunk chunk() {
    return Objects.requireNonNull(chunk);
  }

  InetSocketAddress destination() {
    return Objects.requireNonNull(destination);
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /// Bytes of each datagram but the last.
  int segment() {
    return segment;
  }

  int packets() {
    return packets;
  }
}
