package io.wishbone.node.session;

import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.stats.RoundTripTime;
import io.wishbone.webrtc.stats.SenderClock;
import java.util.List;

/// Tells a viewer, track by track, how timestamps relate to the publisher's wall clock: without
/// that, sound and picture do not stay in step.
///
/// Reports go out every second; until all tracks could report, but for a few seconds at most, ten
/// times as often, since a player that has just joined waits for them.
final class SenderReports {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final long FIRST_INTERVAL_NANOS = 100_000_000L;
  private static final int FIRST_ATTEMPTS = 50;

  private final List<EgressTrack> tracks;
  private final RtcpSender rtcp;
  private final RoundTripTime roundTrip = new RoundTripTime();
  private long nextNanos = Long.MAX_VALUE;
  private int attempts;

  SenderReports(List<EgressTrack> tracks, RtcpSender rtcp) {
    this.tracks = tracks;
    this.rtcp = rtcp;
  }

  void start(long nowNanos) {
    nextNanos = nowNanos + FIRST_INTERVAL_NANOS;
  }

  long nextTimeoutNanos() {
    return nextNanos;
  }

  void handleTimeout(long nowNanos) {
    if (nowNanos < nextNanos) {
      return;
    }
    boolean all = true;
    boolean reported = isAnyReported();
    for (EgressTrack track : tracks) {
      all &= report(track, reported, nowNanos);
    }
    attempts = all ? FIRST_ATTEMPTS : attempts + 1;
    nextNanos = nowNanos + (attempts >= FIRST_ATTEMPTS ? INTERVAL_NANOS : FIRST_INTERVAL_NANOS);
  }

  /// Whether the source has told its clock for one track at least: a guess for another one would
  /// not be in step with it.
  private boolean isAnyReported() {
    for (EgressTrack track : tracks) {
      Encoding encoding = track.current();
      if (encoding != null && encoding.senderClock().isReported()) {
        return true;
      }
    }
    return false;
  }

  private boolean report(EgressTrack track, boolean mustBeReported, long nowNanos) {
    Encoding encoding = track.current();
    if (encoding == null || track.packets() == 0) {
      return false;
    }
    SenderClock clock = encoding.senderClock();
    SenderClock.Reading reading = clock.at(nowNanos);
    if (reading == null || (mustBeReported && !clock.isReported())) {
      return false;
    }
    rtcp.send(
        new SenderReport(
            track.ssrc(),
            reading.ntp().bits(),
            track.timestamp(reading.rtpTimestamp()),
            track.packets(),
            track.octets(),
            List.of()),
        SourceDescription.ofCanonicalName(track.ssrc(), rtcp.canonicalName()));
    roundTrip.onReportSent(reading.ntp(), nowNanos);
    return true;
  }

  void onReportBlock(ReportBlock block, long nowNanos) {
    roundTrip.onReportBlock(block, nowNanos);
  }

  /// The latest round trip to the viewer, -1 when it is not known.
  long roundTripNanos() {
    return roundTrip.latestNanos();
  }
}
