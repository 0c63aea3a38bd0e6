package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM of the Java platform. The associated data is the header of an RTP packet (RFC 7714
/// section 8.2), or the header and the last word of an SRTCP packet (section 9.2), or all of an
/// SRTCP packet that is not encrypted (section 9.3).
///
/// Works on arrays, which is quicker than handing direct buffers to the platform's GCM.
final class JceGcmCipher implements SrtpCipher {

  private static final int TAG_LENGTH = 16;
  private static final int IV_LENGTH = 12;

  private final boolean hasWord;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final Scratch scratch;
  private final byte[] word = new byte[Integer.BYTES];
  private final byte[] lastSealedIv = new byte[IV_LENGTH];
  private boolean closed;
  private boolean hasSealed;

  JceGcmCipher(SrtpChannel channel, SrtpSessionKeys keys, Scratch scratch)
      throws GeneralSecurityException {
    this.hasWord = channel == SrtpChannel.RTCP;
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    this.key = new SecretKeySpec(keys.encryptionKey(), "AES");
    this.scratch = scratch;
  }

  @Override
  public boolean seal(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int length,
      byte[] iv,
      int word,
      int tagOffset) {
    if (closed) {
      return false;
    }
    try {
      if (buffer.hasArray()) {
        seal(buffer.array(), buffer.arrayOffset() + offset, headerLength, length, iv, word);
      } else {
        byte[] packet = scratch.bytes(length + TAG_LENGTH);
        buffer.get(offset, packet, 0, length);
        seal(packet, 0, headerLength, length, iv, word);
        buffer.put(offset + headerLength, packet, headerLength, length + TAG_LENGTH - headerLength);
      }
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  private void seal(byte[] packet, int offset, int headerLength, int length, byte[] iv, int word)
      throws GeneralSecurityException {
    startSealing(iv);
    cipher.updateAAD(packet, offset, headerLength);
    updateWord(word);
    int body = offset + headerLength;
    cipher.doFinal(packet, body, length - headerLength, packet, body);
  }

  /// The platform refuses a vector that is equal to the one before it, since two plaintexts must
  /// not share one. When a packet is sent again at once, it does come twice, with the same
  /// plaintext and the same associated data: the output is byte for byte what was sent already.
  /// Making the cipher ready with another vector in between produces no output at all, and lets the
  /// platform forget.
  private void startSealing(byte[] iv) throws GeneralSecurityException {
    if (hasSealed && Arrays.equals(iv, lastSealedIv)) {
      lastSealedIv[0] ^= 1;
      start(Cipher.ENCRYPT_MODE, lastSealedIv);
    }
    start(Cipher.ENCRYPT_MODE, iv);
    System.arraycopy(iv, 0, lastSealedIv, 0, IV_LENGTH);
    hasSealed = true;
  }

  @Override
  public boolean open(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int length,
      byte[] iv,
      int word,
      int tagOffset) {
    if (closed) {
      return false;
    }
    int bodyLength = length - headerLength;
    int sealedLength = length + TAG_LENGTH;
    byte[] opened = scratch.bytes(sealedLength);
    try {
      start(Cipher.DECRYPT_MODE, iv);
      if (buffer.hasArray()) {
        byte[] packet = buffer.array();
        int start = buffer.arrayOffset() + offset;
        cipher.updateAAD(packet, start, headerLength);
        updateWord(word);
        cipher.doFinal(packet, start + headerLength, bodyLength + TAG_LENGTH, opened, headerLength);
      } else {
        buffer.get(offset, opened, 0, sealedLength);
        cipher.updateAAD(opened, 0, headerLength);
        updateWord(word);
        cipher.doFinal(opened, headerLength, bodyLength + TAG_LENGTH, opened, headerLength);
      }
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
    buffer.put(offset + headerLength, opened, headerLength, bodyLength);
    return true;
  }

  @Override
  public boolean verify(
      ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset) {
    if (closed) {
      return false;
    }
    byte[] packet = scratch.bytes(length + TAG_LENGTH);
    buffer.get(offset, packet, 0, length);
    buffer.get(tagOffset, packet, length, TAG_LENGTH);
    try {
      start(Cipher.DECRYPT_MODE, iv);
      cipher.updateAAD(packet, 0, length);
      updateWord(word);
      cipher.doFinal(packet, length, TAG_LENGTH, packet, length);
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  private void start(int mode, byte[] iv) throws GeneralSecurityException {
    cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv, 0, IV_LENGTH));
  }

  private void updateWord(int value) {
    if (hasWord) {
      word[0] = (byte) (value >>> 24);
      word[1] = (byte) (value >>> 16);
      word[2] = (byte) (value >>> 8);
      word[3] = (byte) value;
      cipher.updateAAD(word, 0, word.length);
    }
  }

  /// The platform's keys cannot be wiped; they are at least not used any more.
  @Override
  public void close() {
    closed = true;
  }
}
