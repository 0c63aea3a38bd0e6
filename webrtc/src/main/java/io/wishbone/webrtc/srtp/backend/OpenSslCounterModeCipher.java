package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpCipher;
import io.wishbone.webrtc.srtp.SrtpSessionKeys;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/// AES in counter mode and HMAC-SHA1 of OpenSSL (RFC 3711 section 4.1.1 and 4.2.1), in place. The
/// packet is encrypted first; then the whole of it, and the word behind it, are authenticated.
final class OpenSslCounterModeCipher implements SrtpCipher {
  private static final int HMAC_LENGTH = 20;
  private static final int TAG_LENGTH = 10;

  private final PacketMemory memory;
  private final MemorySegment cipher;
  private final MemorySegment mac;
  private boolean closed;

  OpenSslCounterModeCipher(SrtpSessionKeys keys, PacketMemory memory) {
    this.memory = memory;
    this.cipher = NativeKey.with(keys.encryptionKey(), OpenSsl::counterMode);
    this.mac = NativeKey.with(keys.authenticationKey(), OpenSsl::hmac);
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
    if (closed
        || !memory.takes(buffer, offset, headerLength, length, tagOffset + TAG_LENGTH, false)) {
      return false;
    }
    long packet = memory.enter(buffer, offset, length);
    boolean sealed = crypt(packet, headerLength, length, iv) && authenticate(packet, length, word);
    if (sealed) {
      memory.leave(buffer, offset, headerLength, length - headerLength);
      memory.putTag(buffer, tagOffset, TAG_LENGTH);
    }
    Reference.reachabilityFence(buffer);
    return sealed;
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
    if (closed
        || !memory.takes(buffer, offset, headerLength, length, tagOffset + TAG_LENGTH, false)) {
      return false;
    }
    long packet = memory.enter(buffer, offset, length);
    boolean opened =
        authenticate(packet, length, word)
            && memory.isTag(buffer, tagOffset, TAG_LENGTH)
            && crypt(packet, headerLength, length, iv);
    if (opened) {
      memory.leave(buffer, offset, headerLength, length - headerLength);
    }
    Reference.reachabilityFence(buffer);
    return opened;
  }

  @Override
  public boolean verify(
      ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset) {
    if (closed || !memory.takes(buffer, offset, 0, length, tagOffset + TAG_LENGTH, false)) {
      return false;
    }
    boolean matches =
        authenticate(memory.enter(buffer, offset, length), length, word)
            && memory.isTag(buffer, tagOffset, TAG_LENGTH);
    Reference.reachabilityFence(buffer);
    return matches;
  }

  private boolean crypt(long packet, int headerLength, int length, byte[] iv) {
    long body = packet + headerLength;
    return OpenSsl.start(cipher.address(), memory.vector(iv), true)
        && (length == headerLength
            || OpenSsl.update(
                cipher.address(), body, memory.number(), body, length - headerLength));
  }

  private boolean authenticate(long packet, int length, int word) {
    return OpenSsl.authenticate(
        mac.address(),
        packet,
        length,
        memory.word(word),
        memory.tag(),
        memory.number(),
        HMAC_LENGTH);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      OpenSsl.wipe(cipher);
      OpenSsl.wipeMac(mac);
    }
  }
}
