package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.nack.NackGenerator;
import io.wishbone.webrtc.nack.NackPolicy;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.stats.LossWindow;
import io.wishbone.webrtc.stats.ReceptionStatistics;

/// An encoding as it is received: what has come of it, and what is missing.
final class IncomingEncoding {
  /// How far before the first packet that came others may have been sent that come after it.
  private static final int MAX_BEFORE_FIRST = Long.SIZE;

  private final int section;
  private final NegotiatedTrack negotiated;
  private final Track track;
  private final Encoding encoding;
  private final ReceptionStatistics statistics;
  private final LossWindow losses = new LossWindow();
  private final NackGenerator nacks;
  private long rtxSsrc;
  private boolean started;
  private long first;
  private long highest;
  private long seenBeforeFirst;
  private long lastIndex = Long.MIN_VALUE;
  private long lastTimestamp;
  private long disordered;

  /// @param section which of the negotiated tracks it is of
  /// @param negotiated what was agreed on for its track
  /// @param localSsrc under which we ask for what is missing
  IncomingEncoding(
      int section, NegotiatedTrack negotiated, Track track, Encoding encoding, long localSsrc) {
    this.section = section;
    this.negotiated = negotiated;
    this.track = track;
    this.encoding = encoding;
    this.statistics = new ReceptionStatistics(encoding.ssrc(), track.codec().clockRate());
    this.nacks =
        new NackGenerator(
            localSsrc,
            encoding.ssrc(),
            track.codec().isVideo() ? NackPolicy.VIDEO : NackPolicy.AUDIO);
    if (!negotiated.feedback().contains(Feedback.PICTURE_LOSS)
        && !negotiated.feedback().contains(Feedback.FULL_INTRA_REQUEST)) {
      encoding.keyframeRequests().impossible();
    }
  }

  int section() {
    return section;
  }

  NegotiatedTrack negotiated() {
    return negotiated;
  }

  Track track() {
    return track;
  }

  Encoding encoding() {
    return encoding;
  }

  ReceptionStatistics statistics() {
    return statistics;
  }

  /// What was lost lately of it.
  LossWindow losses() {
    return losses;
  }

  NackGenerator nacks() {
    return nacks;
  }

  /// How unevenly packets arrive (RFC 3550 section 6.4.1), -1 while none has.
  long jitterNanos() {
    return statistics.isStarted()
        ? statistics.jitter() * 1_000_000_000L / track.codec().clockRate()
        : -1;
  }

  /// The SSRC of the encoding's retransmissions, 0 while none has come.
  long rtxSsrc() {
    return rtxSsrc;
  }

  void rtxSsrc(long ssrc) {
    rtxSsrc = ssrc;
  }

  boolean isRetransmission(RtpPacket packet) {
    return packet.ssrc() != encoding.ssrc();
  }

  /// The index of a packet of the encoding that is known by its sequence number only.
  long extend(int sequenceNumber) {
    return highest + SequenceNumbers.distance(sequenceNumber, (int) highest & 0xFFFF);
  }

  /// Whether the packet comes for the first time: viewers get no packet twice, and what was given
  /// up stays so. A retransmission is a copy under another SSRC, which SRTP's replay protection
  /// does not recognise.
  boolean admit(long index, long nowNanos) {
    if (!started) {
      started = true;
      first = index;
      highest = index;
    }
    highest = Math.max(highest, index);
    return switch (nacks.onPacket(index, nowNanos)) {
      case NEW, FILLED -> true;
      case STALE -> isNewBeforeFirst(index);
    };
  }

  /// Takes note of a picture that is sent after one that is shown later. Packets that only come out
  /// of order do not count: their numbers do so as well.
  void watchOrder(SourcePacket packet) {
    if (!track.codec().isVideo()
        || packet.index() != lastIndex + 1
        || packet.rtp().payloadLength() == 0) {
      lastIndex = Math.max(lastIndex, packet.index());
      lastTimestamp = lastIndex == packet.index() ? packet.rtp().timestamp() : lastTimestamp;
      return;
    }
    long timestamp = packet.rtp().timestamp();
    if (RtpTimestamps.isNewer(lastTimestamp, timestamp)) {
      disordered++;
    }
    lastIndex = packet.index();
    lastTimestamp = timestamp;
  }

  /// Pictures that were sent in another order than they are shown in.
  long disordered() {
    return disordered;
  }

  /// What was sent before the first packet that came, and was overtaken by it.
  private boolean isNewBeforeFirst(long index) {
    long before = first - index;
    if (index < 0 || before < 1 || before > MAX_BEFORE_FIRST) {
      return false;
    }
    long bit = 1L << (before - 1);
    boolean isNew = (seenBeforeFirst & bit) == 0;
    seenBeforeFirst |= bit;
    return isNew;
  }
}
