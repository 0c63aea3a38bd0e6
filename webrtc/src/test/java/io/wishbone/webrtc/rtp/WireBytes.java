package io.wishbone.webrtc.rtp;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Bytes as a test shows them: hex, with a comment behind `|` on each line.
///
/// They lie in the middle of a larger buffer full of 0xAA, so that whoever reads relative to the
/// buffer's start, or too far, reads something else.
public record WireBytes(ByteBuffer buffer, int offset, int length) {

  private static final int MARGIN = 24;
  private static final byte FILLING = (byte) 0xAA;

  public static WireBytes of(String hex) {
    StringBuilder digits = new StringBuilder();
    hex.lines().forEach(line -> digits.append(line.split("\\|", 2)[0].replaceAll("\\s", "")));
    return of(HexFormat.of().parseHex(digits));
  }

  public static WireBytes of(byte[] bytes) {
    WireBytes wire = room(bytes.length);
    wire.buffer.put(MARGIN, bytes);
    return wire;
  }

  /// Room to write into.
  public static WireBytes room(int length) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(length + 2 * MARGIN);
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, FILLING);
    }
    return new WireBytes(buffer, MARGIN, length);
  }

  /// Nothing but these bytes, without a margin: reading too far throws.
  public static WireBytes exactly(byte[] bytes) {
    return new WireBytes(ByteBuffer.wrap(bytes), 0, bytes.length);
  }

  /// The first of them.
  public WireBytes cut(int shorter) {
    return new WireBytes(buffer, offset, shorter);
  }

  public String hex() {
    return hex(length);
  }

  /// The first `count` of them.
  public String hex(int count) {
    return HexFormat.of().formatHex(bytes(count));
  }

  public byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    buffer.get(offset, bytes);
    return bytes;
  }

  /// Whether nothing has been written outside of the first `count` bytes.
  public boolean isUntouchedBeyond(int count) {
    for (int i = 0; i < buffer.capacity(); i++) {
      boolean outside = i < offset || i >= offset + count;
      if (outside && buffer.get(i) != FILLING) {
        return false;
      }
    }
    return true;
  }
}
