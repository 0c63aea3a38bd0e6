package io.wishbone.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks MESSAGE-INTEGRITY: HMAC-SHA1 with a short-term credential (RFC 8489 sections
/// 9.1 and 14.5).
///
/// The HMAC covers what stands before the attribute, with a message length in the header as if the
/// attribute were the last one.
public final class StunKey {

  private static final String ALGORITHM = "HmacSHA1";

  private final Mac mac;
  private final byte[] chunk = new byte[256];
  private final byte[] expected = new byte[StunFormat.INTEGRITY_LENGTH];
  private final byte[] received = new byte[StunFormat.INTEGRITY_LENGTH];

  private StunKey(Mac mac) {
    this.mac = mac;
  }

  /// The password as it stands in SDP: ICE allows only characters that SASLprep leaves alone.
  public static StunKey shortTerm(String password) {
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      // HMAC pads keys with zeros, so one zero is the empty key, which JCE does not take.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, ALGORITHM));
      return new StunKey(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// Whether the 20 bytes at `integrityOffset` are right for the message that begins at `offset`
  /// and has its MESSAGE-INTEGRITY value there. Takes equally long wherever the difference is.
  boolean verifies(ByteBuffer buffer, int offset, int integrityOffset) {
    compute(buffer, offset, integrityOffset);
    buffer.get(integrityOffset, received);
    return MessageDigest.isEqual(expected, received);
  }

  void sign(ByteBuffer buffer, int offset, int integrityOffset) {
    compute(buffer, offset, integrityOffset);
    buffer.put(integrityOffset, expected);
  }

  private void compute(ByteBuffer buffer, int offset, int integrityOffset) {
    int end = integrityOffset - StunFormat.ATTRIBUTE_HEADER_LENGTH;
    int messageLength =
        integrityOffset + StunFormat.INTEGRITY_LENGTH - offset - StunFormat.HEADER_LENGTH;
    int position = offset;
    while (position < end) {
      int count = Math.min(chunk.length, end - position);
      buffer.get(position, chunk, 0, count);
      if (position == offset) {
        chunk[2] = (byte) (messageLength >>> 8);
        chunk[3] = (byte) messageLength;
      }
      mac.update(chunk, 0, count);
      position += count;
    }
    try {
      mac.doFinal(expected, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("20 bytes hold an HMAC-SHA1", e);
    }
  }
}
