package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpChannel;
import io.wishbone.webrtc.srtp.SrtpCipher;
import io.wishbone.webrtc.srtp.SrtpSessionKeys;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/// AES-GCM of OpenSSL, in place. See [io.wishbone.webrtc.srtp.SrtpCipher] for what is
/// authenticated.
final class OpenSslGcmCipher implements SrtpCipher {
  private final PacketMemory memory;
  private final MemorySegment context;
  private final boolean hasWord;
  private boolean closed;

  OpenSslGcmCipher(SrtpChannel channel, SrtpSessionKeys keys, PacketMemory memory) {
    this.memory = memory;
    this.hasWord = channel == SrtpChannel.RTCP;
    this.context = NativeKey.with(keys.encryptionKey(), OpenSsl::gcm);
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
    int sealedLength = length + PacketMemory.TAG_LENGTH;
    if (closed
        || !memory.takes(buffer, offset, headerLength, length, offset + sealedLength, hasWord)) {
      return false;
    }
    long packet = memory.enter(buffer, offset, length + PacketMemory.TAG_LENGTH);
    boolean sealed =
        crypt(true, buffer, offset, packet, headerLength, length, iv, word)
            && OpenSsl.getTag(context.address(), packet + length);
    if (sealed) {
      memory.leave(buffer, offset, headerLength, sealedLength - headerLength);
    }
    Reference.reachabilityFence(buffer);
    return sealed;
  }

  /// Decrypts before the tag is known. Where it does not match, encrypting again gives back what
  /// was there before, since both are the same xor.
  @Override
  public boolean open(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int length,
      byte[] iv,
      int word,
      int tagOffset) {
    int sealedLength = length + PacketMemory.TAG_LENGTH;
    if (closed
        || !memory.takes(buffer, offset, headerLength, length, offset + sealedLength, hasWord)) {
      return false;
    }
    long packet = memory.enter(buffer, offset, sealedLength);
    boolean matches =
        crypt(false, buffer, offset, packet, headerLength, length, iv, word)
            && OpenSsl.expectTag(context.address(), packet + length)
            && OpenSsl.finish(context.address(), memory.tag(), memory.number());
    if (matches) {
      memory.leave(buffer, offset, headerLength, length - headerLength);
    } else if (buffer.isDirect()) {
      var _ = crypt(true, buffer, offset, packet, headerLength, length, iv, word);
    }
    Reference.reachabilityFence(buffer);
    return matches;
  }

  private boolean crypt(
      boolean seals,
      ByteBuffer buffer,
      int offset,
      long packet,
      int headerLength,
      int length,
      byte[] iv,
      int word) {
    long cipher = context.address();
    long associated = hasWord ? memory.headerWithWord(buffer, offset, headerLength, word) : packet;
    int associatedLength = hasWord ? headerLength + Integer.BYTES : headerLength;
    long body = packet + headerLength;
    int bodyLength = length - headerLength;
    return OpenSsl.start(cipher, memory.vector(iv), seals)
        && OpenSsl.update(cipher, 0, memory.number(), associated, associatedLength)
        && (bodyLength == 0 || OpenSsl.update(cipher, body, memory.number(), body, bodyLength))
        && (!seals || OpenSsl.finish(cipher, memory.tag(), memory.number()));
  }

  @Override
  public boolean verify(
      ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset) {
    int end = tagOffset + PacketMemory.TAG_LENGTH;
    if (closed || !memory.takes(buffer, offset, 0, length, end, false)) {
      return false;
    }
    long cipher = context.address();
    long associated = memory.withWord(buffer, offset, length, word);
    return OpenSsl.start(cipher, memory.vector(iv), true)
        && OpenSsl.update(cipher, 0, memory.number(), associated, length + Integer.BYTES)
        && OpenSsl.finish(cipher, memory.tag(), memory.number())
        && OpenSsl.getTag(cipher, memory.tag())
        && memory.isTag(buffer, tagOffset, PacketMemory.TAG_LENGTH);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      OpenSsl.wipe(context);
    }
  }
}
