package io.wishbone.webrtc.nack;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Where all packet histories of a worker keep their packets: direct memory in chunks, bounded.
///
/// A history takes a chunk when it needs one and gives it back when all packets in it are too old,
/// so that memory follows the bitrate of what is published now. Direct memory is reserved a
/// mebibyte at a time and kept for reuse.
public final class PacketMemory {

  /// Room for 27 packets of 1200 bytes: at 100 kbit/s, two seconds and a half.
  public static final int CHUNK_BYTES = 32 * 1024;

  private static final int CHUNKS_A_SLAB = 32;

  private long maxChunks;
  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
  private long reserved;

  /// @param maxBytes what all histories together may hold; at least one chunk
  public PacketMemory(long maxBytes) {
    if (maxBytes < CHUNK_BYTES) {
      throw new IllegalArgumentException(maxBytes + " bytes are less than a chunk");
    }
    this.maxChunks = maxBytes / CHUNK_BYTES;
  }

  /// A chunk whose content is whatever it was, or null when all of them are in use.
  @Nullable ByteBuffer take() {
    if (free.isEmpty()) {
      reserveSlab();
    }
    return free.pollLast();
  }

  void giveBack(ByteBuffer chunk) {
    free.addLast(chunk);
  }

  private void reserveSlab() {
    int chunks = (int) Math.min(CHUNKS_A_SLAB, maxChunks - reserved);
    if (chunks == 0) {
      return;
    }
    ByteBuffer slab;
    try {
      slab = ByteBuffer.allocateDirect(chunks * CHUNK_BYTES);
    } catch (OutOfMemoryError exhausted) {
      // The process has less than it was configured for: what there is has to do from now on.
      maxChunks = reserved;
      return;
    }
    for (int i = 0; i < chunks; i++) {
      free.addLast(slab.slice(i * CHUNK_BYTES, CHUNK_BYTES));
    }
    reserved += chunks;
  }

  /// Bytes in chunks that hold packets.
  public long usedBytes() {
    return (reserved - free.size()) * CHUNK_BYTES;
  }

  /// Bytes of direct memory taken from the system; they are kept.
  public long reservedBytes() {
    return reserved * CHUNK_BYTES;
  }
}
