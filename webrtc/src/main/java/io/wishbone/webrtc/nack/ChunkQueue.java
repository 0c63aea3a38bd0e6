package io.wishbone.webrtc.nack;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The chunks of one history, oldest first. Each has a serial number; a place in one is a `long`:
///
/// ```
///  63           32 31        16 15         0
/// +---------------+------------+------------+
/// | chunk's serial|   offset   |   length   |
/// +---------------+------------+------------+
/// ```
///
/// A place whose chunk was removed is recognised by its serial, so nobody has to be told. Zero is
/// no place: it has no length.
final class ChunkQueue {

  private final @Nullable ByteBuffer[] ring;
  private final long[] newestNanos;
  private final long[] highestIndex;
  private final int[] packets;
  private final int maxChunks;

  private int oldest;
  private int next;
  private int written;

  ChunkQueue(int maxChunks) {
    int size = Integer.highestOneBit(Math.max(1, maxChunks - 1)) * 2;
    this.ring = new ByteBuffer[size];
    this.newestNanos = new long[size];
    this.highestIndex = new long[size];
    this.packets = new int[size];
    this.maxChunks = maxChunks;
  }

  int size() {
    return next - oldest;
  }

  boolean isEmpty() {
    return next == oldest;
  }

  boolean isFull() {
    return size() == maxChunks;
  }

  /// Whether the newest chunk takes as many bytes more.
  boolean hasRoom(int length) {
    return !isEmpty() && written + length <= PacketMemory.CHUNK_BYTES;
  }

  void add(ByteBuffer chunk) {
    int at = at(next);
    ring[at] = chunk;
    newestNanos[at] = Long.MIN_VALUE;
    highestIndex[at] = Long.MIN_VALUE;
    packets[at] = 0;
    written = 0;
    next++;
  }

  /// Copies a packet to the end of the newest chunk, which has room for it.
  long append(ByteBuffer source, int offset, int length, long index, long nowNanos) {
    int serial = next - 1;
    int at = at(serial);
    chunk(at).put(written, source, offset, length);
    newestNanos[at] = Math.max(newestNanos[at], nowNanos);
    highestIndex[at] = Math.max(highestIndex[at], index);
    packets[at]++;
    long place = (long) serial << 32 | (long) written << 16 | length;
    written += length;
    return place;
  }

  /// The packet there is not to be found any more, although its chunk stays.
  void uncount(long place) {
    packets[at(serial(place))]--;
  }

  ByteBuffer removeOldest() {
    int at = at(oldest++);
    ByteBuffer chunk = chunk(at);
    ring[at] = null;
    return chunk;
  }

  long oldestNewestNanos() {
    return newestNanos[at(oldest)];
  }

  long oldestHighestIndex() {
    return highestIndex[at(oldest)];
  }

  int oldestPackets() {
    return packets[at(oldest)];
  }

  boolean isThere(long place) {
    return place != 0 && serial(place) - oldest >= 0; // serials wrap
  }

  ByteBuffer buffer(long place) {
    return chunk(at(serial(place)));
  }

  static int offset(long place) {
    return (int) (place >>> 16) & 0xFFFF;
  }

  static int length(long place) {
    return (int) place & 0xFFFF;
  }

  private static int serial(long place) {
    return (int) (place >>> 32);
  }

  private int at(int serial) {
    return serial & (ring.length - 1);
  }

  private ByteBuffer chunk(int at) {
    ByteBuffer chunk = ring[at];
    if (chunk == null) {
      throw new IllegalStateException("the chunk has gone");
    }
    return chunk;
  }
}
