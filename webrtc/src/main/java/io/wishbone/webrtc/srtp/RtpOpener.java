package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// SRTP to RTP, RFC 3711 section 3.3 and RFC 7714 section 8.
final class RtpOpener {

  /// 1024 packets are about a second of a 10 Mbit/s stream: packets that were lost and sent again
  /// under their own number come late, and must still get in.
  static final int WINDOW = 1024;

  private static final int FIRST_HALF_OF_CYCLE = 1 << 15;

  private final SrtpProfile profile;
  private final SrtpCipher cipher;
  private final InitializationVector iv;
  private final ReplayWindows windows = new ReplayWindows(SrtpSession.MAX_SSRCS, WINDOW);
  private long packetIndex = -1;

  RtpOpener(SrtpProfile profile, SrtpSessionKeys keys, SrtpCipherProvider provider) {
    this.profile = profile;
    this.cipher = provider.cipher(profile, SrtpChannel.RTP, keys);
    this.iv = new InitializationVector(profile, keys.salt());
  }

  long packetIndex() {
    return packetIndex;
  }

  boolean resume(int ssrc, long index) {
    if (windows.of(ssrc) != null || windows.isFull()) {
      return false;
    }
    windows.add(ssrc, index);
    return true;
  }

  int open(ByteBuffer buffer, int offset, int length) {
    if (!PacketBounds.hold(buffer, offset, length, 0)) {
      return SrtpFailure.NO_ROOM.code();
    }
    int plainLength = length - profile.rtpOverhead();
    int headerLength = RtpHeaderLength.of(buffer, offset, plainLength);
    if (headerLength == RtpHeaderLength.MALFORMED) {
      return SrtpFailure.MALFORMED.code();
    }
    int sequenceNumber = buffer.getShort(offset + 2) & 0xffff;
    int ssrc = buffer.getInt(offset + 8);
    ReplayWindow window = windows.of(ssrc);
    return window == null
        ? openFirst(buffer, offset, headerLength, plainLength, ssrc, sequenceNumber)
        : openNext(buffer, offset, headerLength, plainLength, ssrc, sequenceNumber, window);
  }

  private int openNext(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int plainLength,
      int ssrc,
      int sequenceNumber,
      ReplayWindow window) {
    long index = RtpIndex.nearest(sequenceNumber, window.highest());
    if (window.isTooOld(index)) {
      return SrtpFailure.TOO_OLD.code();
    }
    if (window.isReceived(index)) {
      return SrtpFailure.REPLAYED.code();
    }
    if (!matches(buffer, offset, headerLength, plainLength, ssrc, index)) {
      return SrtpFailure.BAD_TAG.code();
    }
    return entered(window, index, plainLength);
  }

  /// A stream begins with rollover counter 0. If it began shortly before its sequence numbers wrap,
  /// and all packets until then were lost, the counter is 1 when we first hear of it.
  private int openFirst(
      ByteBuffer buffer,
      int offset,
      int headerLength,
      int plainLength,
      int ssrc,
      int sequenceNumber) {
    if (windows.isFull()) {
      return SrtpFailure.TOO_MANY_SSRCS.code();
    }
    long index = RtpIndex.of(0, sequenceNumber);
    if (!matches(buffer, offset, headerLength, plainLength, ssrc, index)) {
      index = RtpIndex.of(1, sequenceNumber);
      if (sequenceNumber >= FIRST_HALF_OF_CYCLE
          || !matches(buffer, offset, headerLength, plainLength, ssrc, index)) {
        return SrtpFailure.BAD_TAG.code();
      }
    }
    return entered(windows.add(ssrc, ReplayWindow.NOTHING_RECEIVED), index, plainLength);
  }

  private boolean matches(
      ByteBuffer buffer, int offset, int headerLength, int plainLength, int ssrc, long index) {
    return cipher.open(
        buffer,
        offset,
        headerLength,
        plainLength,
        iv.of(ssrc, index),
        RtpIndex.rolloverCounter(index),
        offset + plainLength);
  }

  private int entered(ReplayWindow window, long index, int plainLength) {
    window.enter(index);
    packetIndex = index;
    return plainLength;
  }

  void close() {
    cipher.close();
  }
}
