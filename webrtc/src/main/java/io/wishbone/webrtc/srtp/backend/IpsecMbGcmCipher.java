package io.wishbone.webrtc.srtp.backend;

import io.wishbone.webrtc.srtp.SrtpChannel;
import io.wishbone.webrtc.srtp.SrtpCipher;
import io.wishbone.webrtc.srtp.SrtpSessionKeys;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/// AES-GCM of intel-ipsec-mb, in place. See [io.wishbone.webrtc.srtp.SrtpCipher] for what is
/// authenticated.
final class IpsecMbGcmCipher implements SrtpCipher {
  private static final int ALIGNMENT = 64;

  static final NativePool KEYS = new NativePool();

  private final PacketMemory memory;
  private final MemorySegment key =
      KEYS.take(() -> Arena.ofAuto().allocate(IpsecMb.KEY_BYTES, ALIGNMENT));
  private final boolean is128;
  private final boolean hasWord;
  private boolean closed;

  IpsecMbGcmCipher(SrtpChannel channel, SrtpSessionKeys keys, PacketMemory memory) {
    this.memory = memory;
    this.hasWord = channel == SrtpChannel.RTCP;
    byte[] secret = keys.encryptionKey();
    this.is128 = secret.length == 16;
    var _ =
        NativeKey.with(
            secret,
            plain -> {
              IpsecMb.prepare(is128, plain.address(), key.address());
              return key;
            });
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
    long associated = hasWord ? memory.headerWithWord(buffer, offset, headerLength, word) : packet;
    long body = packet + headerLength;
    IpsecMb.seal(
        is128,
        key.address(),
        memory.context(),
        body,
        length - headerLength,
        memory.vector(iv),
        associated,
        hasWord ? headerLength + Integer.BYTES : headerLength,
        packet + length);
    memory.leave(buffer, offset, headerLength, sealedLength - headerLength);
    Reference.reachabilityFence(buffer);
    return true;
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
    long packet = memory.enter(buffer, offset, length);
    long associated = hasWord ? memory.headerWithWord(buffer, offset, headerLength, word) : packet;
    long associatedLength = hasWord ? headerLength + Integer.BYTES : headerLength;
    long body = packet + headerLength;
    long vector = memory.vector(iv);
    int bodyLength = length - headerLength;
    IpsecMb.open(
        is128,
        key.address(),
        memory.context(),
        body,
        bodyLength,
        vector,
        associated,
        associatedLength,
        memory.tag());
    boolean matches = memory.isTag(buffer, tagOffset, PacketMemory.TAG_LENGTH);
    if (matches) {
      memory.leave(buffer, offset, headerLength, bodyLength);
    } else if (buffer.isDirect()) {
      IpsecMb.seal(
          is128,
          key.address(),
          memory.context(),
          body,
          bodyLength,
          vector,
          associated,
          associatedLength,
          memory.tag());
    }
    Reference.reachabilityFence(buffer);
    return matches;
  }

  @Override
  public boolean verify(
      ByteBuffer buffer, int offset, int length, byte[] iv, int word, int tagOffset) {
    int end = tagOffset + PacketMemory.TAG_LENGTH;
    if (closed || !memory.takes(buffer, offset, 0, length, end, false)) {
      return false;
    }
    IpsecMb.open(
        is128,
        key.address(),
        memory.context(),
        memory.number(),
        0,
        memory.vector(iv),
        memory.withWord(buffer, offset, length, word),
        length + Integer.BYTES,
        memory.tag());
    return memory.isTag(buffer, tagOffset, PacketMemory.TAG_LENGTH);
  }

  /// The round keys and the powers of the hash key.
  @Override
  public int prefetch() {
    int read = 0;
    for (long at = 0; at < IpsecMb.USED_KEY_BYTES; at += ALIGNMENT) {
      read += key.get(ValueLayout.JAVA_BYTE, at);
    }
    return read;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      key.fill((byte) 0);
      KEYS.give(key);
    }
  }
}
