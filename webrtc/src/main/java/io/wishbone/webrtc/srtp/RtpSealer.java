package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// RTP to SRTP, RFC 3711 section 3.3 and RFC 7714 section 8. Holds keys, and no packet numbers.
final class RtpSealer {

  private final SrtpProfile profile;
  private final SrtpCipher cipher;
  private final InitializationVector iv;

  RtpSealer(SrtpProfile profile, SrtpSessionKeys keys, SrtpCipherProvider provider) {
    this.profile = profile;
    this.cipher = provider.cipher(profile, SrtpChannel.RTP, keys);
    this.iv = new InitializationVector(profile, keys.salt());
  }

  int seal(ByteBuffer buffer, int offset, int length, int rolloverCounter) {
    if (!PacketBounds.hold(buffer, offset, length, profile.rtpOverhead())) {
      return SrtpFailure.NO_ROOM.code();
    }
    int headerLength = RtpHeaderLength.of(buffer, offset, length);
    if (headerLength == RtpHeaderLength.MALFORMED) {
      return SrtpFailure.MALFORMED.code();
    }
    int sequenceNumber = buffer.getShort(offset + 2) & 0xffff;
    int ssrc = buffer.getInt(offset + 8);
    long index = RtpIndex.of(rolloverCounter, sequenceNumber);
    boolean sealed =
        cipher.seal(
            buffer,
            offset,
            headerLength,
            length,
            iv.of(ssrc, index),
            rolloverCounter,
            offset + length);
    return sealed ? length + profile.rtpOverhead() : SrtpFailure.CIPHER_FAILED.code();
  }

  int prefetch() {
    return iv.prefetch() + cipher.prefetch();
  }

  void close() {
    cipher.close();
  }
}
