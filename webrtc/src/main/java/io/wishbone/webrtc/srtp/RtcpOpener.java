package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// SRTCP to RTCP, RFC 3711 section 3.4 and RFC 7714 section 9. A packet without E flag is
/// authenticated and was never encrypted: whether to encrypt is the sender's choice.
final class RtcpOpener {

  static final int WINDOW = 128;

  private final RtcpLayout layout;
  private final SrtpCipher cipher;
  private final InitializationVector iv;
  private final ReplayWindows windows = new ReplayWindows(SrtpSession.MAX_SSRCS, WINDOW);

  RtcpOpener(SrtpProfile profile, SrtpSessionKeys keys, SrtpCipherProvider provider) {
    this.layout = new RtcpLayout(profile);
    this.cipher = provider.cipher(profile, SrtpChannel.RTCP, keys);
    this.iv = new InitializationVector(profile, keys.salt());
  }

  int open(ByteBuffer buffer, int offset, int length) {
    if (!PacketBounds.hold(buffer, offset, length, 0)) {
      return SrtpFailure.NO_ROOM.code();
    }
    int plainLength = length - layout.overhead();
    if (!RtcpLayout.isRtcp(buffer, offset, plainLength)) {
      return SrtpFailure.MALFORMED.code();
    }
    int ssrc = buffer.getInt(offset + 4);
    int word = buffer.getInt(layout.wordOffset(offset + plainLength));
    long index = word & RtcpLayout.HIGHEST_INDEX;
    ReplayWindow window = windows.of(ssrc);
    if (window == null) {
      if (windows.isFull()) {
        return SrtpFailure.TOO_MANY_SSRCS.code();
      }
    } else if (window.isTooOld(index)) {
      return SrtpFailure.TOO_OLD.code();
    } else if (window.isReceived(index)) {
      return SrtpFailure.REPLAYED.code();
    }
    if (!matches(buffer, offset, plainLength, iv.of(ssrc, index), word)) {
      return SrtpFailure.BAD_TAG.code();
    }
    if (window == null) {
      window = windows.add(ssrc, ReplayWindow.NOTHING_RECEIVED);
    }
    window.enter(index);
    return plainLength;
  }

  private boolean matches(ByteBuffer buffer, int offset, int plainLength, byte[] vector, int word) {
    int tagOffset = layout.tagOffset(offset + plainLength);
    return (word & RtcpLayout.ENCRYPTED) != 0
        ? cipher.open(
            buffer, offset, RtcpLayout.HEADER_LENGTH, plainLength, vector, word, tagOffset)
        : cipher.verify(buffer, offset, plainLength, vector, word, tagOffset);
  }

  void close() {
    cipher.close();
  }
}
