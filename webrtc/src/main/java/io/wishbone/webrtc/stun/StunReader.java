package io.wishbone.webrtc.stun;

import java.nio.ByteBuffer;

/// A view over a received STUN message (RFC 8489).
public final class StunReader {

  /// Whether these bytes begin like a STUN message: what a demultiplexer asks.
  public static boolean looksLikeStun(ByteBuffer buffer, int offset, int length) {
    return length >= 20
        && (buffer.get(offset) & 0xFF) < 4
        && buffer.getInt(offset + 4) == 0x2112A442;
  }
}
