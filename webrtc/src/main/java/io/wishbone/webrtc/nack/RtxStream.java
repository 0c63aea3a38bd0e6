package io.wishbone.webrtc.nack;

import io.wishbone.webrtc.rtp.RtpPacket;

/// The retransmission stream of one track of one viewer: its own SSRC, payload type and numbers
/// (RFC 4588 section 4).
///
/// The numbers are a counter, `ROC << 16 | sequence number`, since what is retransmitted depends on
/// what a viewer lost. It is the only egress counter; whoever continues a viewer's session
/// elsewhere begins at an index beyond any that was used.
public final class RtxStream {

  private final long ssrc;
  private final int payloadType;
  private long nextIndex;
  private long packets;
  private long bytes;

  /// @param firstIndex of the first retransmission; the sequence number in it should be random and
  ///   below 2^15 (RFC 3711 section 3.3.1)
  public RtxStream(long ssrc, int payloadType, long firstIndex) {
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.nextIndex = firstIndex;
  }

  public long ssrc() {
    return ssrc;
  }

  public int payloadType() {
    return payloadType;
  }

  /// Wraps the packet at `offset + RtxPackets.OVERHEAD`. The new one begins at `offset`, has the
  /// index [#lastIndex], and its length is returned.
  public int wrap(RtpPacket packet, int offset) {
    int length = RtxPackets.wrap(packet, offset, payloadType, ssrc, (int) nextIndex & 0xFFFF);
    nextIndex++;
    packets++;
    bytes += length;
    return length;
  }

  /// Takes a number for a packet of padding: see [RtxPackets#pad].
  public long takeIndex() {
    packets++;
    return nextIndex++;
  }

  /// Index of the latest packet.
  public long lastIndex() {
    return nextIndex - 1;
  }

  /// The rollover counter of the latest packet, for SRTP.
  public int rolloverCounter() {
    return (int) (lastIndex() >>> 16);
  }

  public long packets() {
    return packets;
  }

  public long bytes() {
    return bytes;
  }
}
