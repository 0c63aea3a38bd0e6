package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// RTCP to SRTCP, RFC 3711 section 3.4 and RFC 7714 section 9. One index counts the packets of all
/// our SSRCs.
final class RtcpSealer {

  private final RtcpLayout layout;
  private final SrtpCipher cipher;
  private final InitializationVector iv;
  private long nextIndex;

  RtcpSealer(
      SrtpProfile profile, SrtpSessionKeys keys, SrtpCipherProvider provider, int firstIndex) {
    this.layout = new RtcpLayout(profile);
    this.cipher = provider.cipher(profile, SrtpChannel.RTCP, keys);
    this.iv = new InitializationVector(profile, keys.salt());
    this.nextIndex = firstIndex;
  }

  long nextIndex() {
    return nextIndex;
  }

  int seal(ByteBuffer buffer, int offset, int length) {
    if (!PacketBounds.hold(buffer, offset, length, layout.overhead())) {
      return SrtpFailure.NO_ROOM.code();
    }
    if (!RtcpLayout.isRtcp(buffer, offset, length)) {
      return SrtpFailure.MALFORMED.code();
    }
    if (nextIndex > RtcpLayout.HIGHEST_INDEX) {
      return SrtpFailure.INDEX_EXHAUSTED.code();
    }
    int ssrc = buffer.getInt(offset + 4);
    int word = RtcpLayout.ENCRYPTED | (int) nextIndex;
    boolean sealed =
        cipher.seal(
            buffer,
            offset,
            RtcpLayout.HEADER_LENGTH,
            length,
            iv.of(ssrc, nextIndex),
            word,
            layout.tagOffset(offset + length));
    nextIndex++;
    if (!sealed) {
      return SrtpFailure.CIPHER_FAILED.code();
    }
    buffer.putInt(layout.wordOffset(offset + length), word);
    return length + layout.overhead();
  }

  void close() {
    cipher.close();
  }
}
