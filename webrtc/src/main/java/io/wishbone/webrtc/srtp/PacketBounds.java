package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// Whether a buffer holds what a caller announced. Absolute access is limited by `limit()`.
final class PacketBounds {

  private PacketBounds() {}

  /// @param overhead bytes behind the packet that will be written
  static boolean hold(ByteBuffer buffer, int offset, int length, int overhead) {
    return offset >= 0
        && length >= 0
        && (long) offset + length + overhead <= buffer.limit()
        && !buffer.isReadOnly();
  }
}
