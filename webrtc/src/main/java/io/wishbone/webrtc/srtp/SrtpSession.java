package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// SRTP and SRTCP with one peer, both directions, under the keys of one DTLS handshake.
///
/// Packets are protected and unprotected in place. A buffer is addressed absolutely, must be
/// big-endian, and its limit (not its capacity) must enclose the packet and what it grows by;
/// position and limit are left alone. Every call returns the new length, or the negative code of a
/// [SrtpFailure], and a packet that fails to unprotect is left as it came. Nothing is thrown.
///
/// Sending RTP keeps no state: the caller says which rollover counter a packet has, so that any
/// node which knows the source's packet index and a viewer's offsets protects the same packet the
/// same way. Receiving keeps a replay window for each SSRC, made by authenticated packets only.
///
/// **Never protect two different packets under one index.** SSRC, rollover counter and sequence
/// number make the initialization vector, and a repeated vector gives away the plaintext, and in
/// GCM the authentication key as well. Sending a packet again under its own index is safe when
/// every byte is the same, *header extensions included*: the result is then the very datagram that
/// was sent before, and tells nobody anything new. A fresh transport-wide sequence number or
/// absolute send time is a different packet. Send it as RTX, which has numbers of its own.
public final class SrtpSession {

  /// How many SSRCs a peer may send from, separately for RTP and RTCP.
  public static final int MAX_SSRCS = 64;

  private final RtpSealer rtpSealer;
  private final RtpOpener rtpOpener;
  private final RtcpSealer rtcpSealer;
  private final RtcpOpener rtcpOpener;

  public SrtpSession(SrtpKeyingMaterial keys, SrtpCipherProvider provider) {
    this(keys, provider, 0);
  }

  /// @param firstRtcpIndex SRTCP index of the first RTCP packet we send, 31 bits; whoever continues
  ///   a session under the same keys starts beyond all that were used
  public SrtpSession(SrtpKeyingMaterial keys, SrtpCipherProvider provider, int firstRtcpIndex) {
    if (firstRtcpIndex < 0) {
      throw new IllegalArgumentException("more than 31 bits: " + firstRtcpIndex);
    }
    SrtpProfile profile = keys.profile();
    this.rtpSealer =
        new RtpSealer(profile, sessionKeys(profile, keys.local(), SrtpChannel.RTP), provider);
    this.rtcpSealer =
        new RtcpSealer(
            profile,
            sessionKeys(profile, keys.local(), SrtpChannel.RTCP),
            provider,
            firstRtcpIndex);
    this.rtpOpener =
        new RtpOpener(profile, sessionKeys(profile, keys.remote(), SrtpChannel.RTP), provider);
    this.rtcpOpener =
        new RtcpOpener(profile, sessionKeys(profile, keys.remote(), SrtpChannel.RTCP), provider);
  }

  private static SrtpSessionKeys sessionKeys(
      SrtpProfile profile, SrtpKeys keys, SrtpChannel channel) {
    return KeyDerivation.derive(profile, keys, channel);
  }

  /// Protects an RTP packet; [SrtpProfile#rtpOverhead()] bytes behind it are overwritten.
  ///
  /// @param rolloverCounter upper 32 bits of the 48-bit packet index, unsigned
  public int protectRtp(ByteBuffer buffer, int offset, int length, int rolloverCounter) {
    return rtpSealer.seal(buffer, offset, length, rolloverCounter);
  }

  /// Reads what [#protectRtp] will need, so that it comes into the processor's caches together with
  /// what others need. Returns something made of what was read.
  public int prefetch() {
    return rtpSealer.prefetch();
  }

  /// Authenticates, checks for replay, and decrypts an SRTP packet.
  public int unprotectRtp(ByteBuffer buffer, int offset, int length) {
    return rtpOpener.open(buffer, offset, length);
  }

  /// Index (rollover counter and sequence number, 48 bits) of the RTP packet that was unprotected
  /// last; -1 before the first.
  public long packetIndex() {
    return rtpOpener.packetIndex();
  }

  /// Continues a stream from the peer that began under these keys elsewhere. An unknown stream is
  /// otherwise taken to be at its beginning, with rollover counter 0 (or 1, when its very first
  /// packets were lost). Packets count as not yet received; the estimate may be up to 2^15 off.
  ///
  /// @param packetIndex about the highest index of the stream so far
  /// @return false if there are too many SSRCs, or this one is known already
  public boolean resumeRtp(long ssrc, long packetIndex) {
    return rtpOpener.resume((int) ssrc, packetIndex);
  }

  /// Protects a compound RTCP packet; [SrtpProfile#rtcpOverhead()] bytes behind it are overwritten.
  public int protectRtcp(ByteBuffer buffer, int offset, int length) {
    return rtcpSealer.seal(buffer, offset, length);
  }

  /// Authenticates, checks for replay, and decrypts an SRTCP packet.
  public int unprotectRtcp(ByteBuffer buffer, int offset, int length) {
    return rtcpOpener.open(buffer, offset, length);
  }

  /// SRTCP index that the next protected RTCP packet will have; 2^31 when none is left.
  public long nextRtcpIndex() {
    return rtcpSealer.nextIndex();
  }

  /// Wipes the keys. Packets are refused afterwards.
  public void close() {
    rtpSealer.close();
    rtpOpener.close();
    rtcpSealer.close();
    rtcpOpener.close();
  }
}
