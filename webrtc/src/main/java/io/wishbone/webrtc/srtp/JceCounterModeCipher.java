package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES in counter mode and HMAC-SHA1 of the Java platform (RFC 3711 section 4.1.1 and 4.2.1). The
/// packet is encrypted first; then the whole of it, and the word behind it, are authenticated.
final class JceCounterModeCipher implements SrtpCipher {

  private final int tagLength;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final Mac mac;
  private final byte[] macOutput;
  private final byte[] word = new byte[Integer.BYTES];
  private final Scratch scratch;
  private boolean closed;

  JceCounterModeCipher(SrtpProfile profile, SrtpSessionKeys keys, Scratch scratch)
      throws GeneralSecurityException {
    this.tagLength = profile.tagLength();
    this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
    this.key = new SecretKeySpec(keys.encryptionKey(), "AES");
    this.mac = Mac.getInstance("HmacSHA1");
    this.mac.init(new SecretKeySpec(keys.authenticationKey(), "HmacSHA1"));
    this.macOutput = new byte[mac.getMacLength()];
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
      byte[] packet = arrayOf(buffer, offset, length);
      int start = buffer.hasArray() ? buffer.arrayOffset() + offset : 0;
      crypt(packet, start + headerLength, length - headerLength, iv);
      authenticate(packet, start, length, word);
      if (!buffer.hasArray()) {
        buffer.put(offset + headerLength, packet, headerLength, length - headerLength);
      }
      buffer.put(tagOffset, macOutput, 0, tagLength);
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
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
    try {
      byte[] packet = arrayOf(buffer, offset, length);
      int start = buffer.hasArray() ? buffer.arrayOffset() + offset : 0;
      authenticate(packet, start, length, word);
      if (!isTag(buffer, tagOffset)) {
        return false;
      }
      crypt(packet, start + headerLength, length - headerLength, iv);
      if (!buffer.hasArray()) {
        buffer.put(offset + headerLength, packet, headerLength, length - headerLength);
      }
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  @Override
  public boolean verify(
      ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset) {
    if (closed) {
      return false;
    }
    try {
      byte[] packet = arrayOf(buffer, offset, length);
      int start = buffer.hasArray() ? buffer.arrayOffset() + offset : 0;
      authenticate(packet, start, length, word);
      return isTag(buffer, tagOffset);
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  /// The buffer's own array, or the scratch array with a copy of the packet at its beginning.
  private byte[] arrayOf(ByteBuffer buffer, int offset, int length) {
    if (buffer.hasArray()) {
      return buffer.array();
    }
    byte[] packet = scratch.bytes(length);
    buffer.get(offset, packet, 0, length);
    return packet;
  }

  private void crypt(byte[] packet, int body, int bodyLength, byte[] iv)
      throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
    cipher.doFinal(packet, body, bodyLength, packet, body);
  }

  private void authenticate(byte[] packet, int start, int length, int value)
      throws GeneralSecurityException {
    word[0] = (byte) (value >>> 24);
    word[1] = (byte) (value >>> 16);
    word[2] = (byte) (value >>> 8);
    word[3] = (byte) value;
    mac.update(packet, start, length);
    mac.update(word, 0, word.length);
    mac.doFinal(macOutput, 0);
  }

  /// Takes the same time wherever the first difference is.
  private boolean isTag(ByteBuffer buffer, int tagOffset) {
    int difference = 0;
    for (int i = 0; i < tagLength; i++) {
      difference |= buffer.get(tagOffset + i) ^ macOutput[i];
    }
    return difference == 0;
  }

  /// The platform's keys cannot be wiped; they are at least not used any more.
  @Override
  public void close() {
    closed = true;
  }
}
