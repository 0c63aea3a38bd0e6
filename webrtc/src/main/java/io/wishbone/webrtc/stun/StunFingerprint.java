package io.wishbone.webrtc.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// FINGERPRINT: CRC-32 of what stands before it, xor `STUN` (RFC 8489 section 14.7). The length in
/// the header already counts the attribute, which is always the last one.
final class StunFingerprint {

  private final CRC32 crc = new CRC32();
  private final byte[] chunk = new byte[256];

  int of(ByteBuffer buffer, int offset, int length) {
    crc.reset();
    int position = offset;
    int end = offset + length;
    while (position < end) {
      int count = Math.min(chunk.length, end - position);
      buffer.get(position, chunk, 0, count);
      crc.update(chunk, 0, count);
      position += count;
    }
    return (int) crc.getValue() ^ StunFormat.FINGERPRINT_MASK;
  }
}
