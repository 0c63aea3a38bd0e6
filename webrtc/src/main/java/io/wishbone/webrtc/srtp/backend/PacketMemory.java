package io.wishbone.webrtc.srtp.backend;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Where packets are for a native library, and scratch memory for what has to be laid out for it.
/// Shared by the ciphers of a provider, each of which has it for the time of one call.
final class PacketMemory {
  static final int TAG_LENGTH = 16;
  private static final int SMALL_LENGTH = 256;
  private static final int ALIGNMENT = 64;

  private static final int VECTOR_OFFSET = 0;
  private static final int TAG_OFFSET = 64;
  private static final int NUMBER_OFFSET = 128;
  private static final int HEADER_OFFSET = 192;
  private static final int MAX_COPIED_HEADER = 32;

  /// Vector, tag, a number that a library writes, and what it needs as context.
  private final MemorySegment small = Arena.ofAuto().allocate(SMALL_LENGTH + 512, ALIGNMENT);

  private MemorySegment scratch = Arena.ofAuto().allocate(4096, ALIGNMENT);
  private @Nullable ByteBuffer known;
  private long knownAddress;

  /// Whether header, body and what is behind them lie within the buffer, and a header that has to
  /// be copied fits.
  boolean takes(
      ByteBuffer buffer, int offset, int headerLength, int length, int end, boolean copiesHeader) {
    return offset >= 0
        && !(copiesHeader && headerLength > MAX_COPIED_HEADER)
        && headerLength >= 0
        && headerLength <= length
        && (long) offset + length <= buffer.limit()
        && end >= offset
        && end <= buffer.limit()
        && !buffer.isReadOnly();
  }

  /// The address of the byte at `offset`. What is not in direct memory is copied to where native
  /// code finds it.
  long enter(ByteBuffer buffer, int offset, int length) {
    if (buffer.isDirect()) {
      return addressOf(buffer) + offset;
    }
    MemorySegment copy = scratch(length);
    MemorySegment.copy(
        buffer.array(), buffer.arrayOffset() + offset, copy, ValueLayout.JAVA_BYTE, 0, length);
    return copy.address();
  }

  /// Copies back what native code wrote where [#enter] had put a copy.
  void leave(ByteBuffer buffer, int offset, int from, int length) {
    if (!buffer.isDirect()) {
      MemorySegment.copy(
          scratch,
          ValueLayout.JAVA_BYTE,
          from,
          buffer.array(),
          buffer.arrayOffset() + offset + from,
          length);
    }
  }

  /// Buffers are used many times; asking one for its address makes an object.
  private long addressOf(ByteBuffer buffer) {
    if (buffer != known) {
      known = buffer;
      knownAddress = MemorySegment.ofBuffer(buffer).address() - buffer.position();
    }
    return knownAddress;
  }

  /// At least so many bytes; what was in there is gone.
  MemorySegment scratch(int length) {
    if (scratch.byteSize() < length) {
      scratch = Arena.ofAuto().allocate(2L * length, ALIGNMENT);
    }
    return scratch;
  }

  /// The header of an SRTCP packet and the word behind it; for the scratch memory is in use.
  long headerWithWord(ByteBuffer buffer, int offset, int headerLength, int word) {
    for (int i = 0; i < headerLength; i++) {
      small.set(ValueLayout.JAVA_BYTE, HEADER_OFFSET + i, buffer.get(offset + i));
    }
    putWord(small, (long) HEADER_OFFSET + headerLength, word);
    return small.address() + HEADER_OFFSET;
  }

  /// The bytes of a packet and a word behind them, in scratch memory.
  long withWord(ByteBuffer buffer, int offset, int length, int word) {
    MemorySegment copy = scratch(length + Integer.BYTES);
    for (int i = 0; i < length; i++) {
      copy.set(ValueLayout.JAVA_BYTE, i, buffer.get(offset + i));
    }
    putWord(copy, length, word);
    return copy.address();
  }

  private static void putWord(MemorySegment memory, long at, int word) {
    for (int i = 0; i < Integer.BYTES; i++) {
      memory.set(ValueLayout.JAVA_BYTE, at + i, (byte) (word >>> (24 - 8 * i)));
    }
  }

  /// A word as four bytes in network order, where [#word] says.
  long word(int value) {
    putWord(small, NUMBER_OFFSET + 16L, value);
    return small.address() + NUMBER_OFFSET + 16;
  }

  long vector(byte[] iv) {
    MemorySegment.copy(iv, 0, small, ValueLayout.JAVA_BYTE, VECTOR_OFFSET, iv.length);
    return small.address() + VECTOR_OFFSET;
  }

  /// Where a library writes a tag that is compared.
  long tag() {
    return small.address() + TAG_OFFSET;
  }

  /// Where a library writes a length that nobody reads.
  long number() {
    return small.address() + NUMBER_OFFSET;
  }

  /// Where a library keeps what it has to remember during a call.
  long context() {
    return small.address() + SMALL_LENGTH;
  }

  /// Writes the beginning of what [#tag] holds.
  void putTag(ByteBuffer buffer, int at, int length) {
    for (int i = 0; i < length; i++) {
      buffer.put(at + i, small.get(ValueLayout.JAVA_BYTE, TAG_OFFSET + i));
    }
  }

  /// Compares what [#tag] holds to a packet's tag, in the same time wherever they differ.
  boolean isTag(ByteBuffer buffer, int at, int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= buffer.get(at + i) ^ small.get(ValueLayout.JAVA_BYTE, TAG_OFFSET + i);
    }
    return difference == 0;
  }
}
