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
/// times as often, since a player that has just joined, or got another source, waits for them.
///
/// What they say is the publisher's wall clock. A player that was first told another one would have
/// to jump: our own is told only when the publisher has sent packets for a while and no report.
final class SenderReports {
  private static final long INTERVAL_NANOS = 1_000_000_000L;
  private static final long FIRST_INTERVAL_NANOS = 100_000_000L;
  private static final int FIRST_ATTEMPTS = 50;

  /// Publishers report every second at first, browsers' sound every 5 seconds later on.
  private static final long REPORT_PATIENCE_NANOS = 5_000_000_000L;

  private final List<EgressTrack> tracks;
  private final RtcpSender rtcp;
  private final RoundTripTime roundTrip = new RoundTripTime();
  private long nextNanos = Long.MAX_VALUE;
  private int attempts;
  private int reportedTracks;

  SenderReports(List<EgressTrack> tracks, RtcpSender rtcp) {
    this.tracks = tracks;
    this.rtcp = rtcp;
  }

  void start(long nowNanos) {
    nextNanos = nowNanos + FIRST_INTERVAL_NANOS;
  }

  /// Another source: what was told before is void.
  void restart(long nowNanos) {
    if (nextNanos != Long.MAX_VALUE) {
      attempts = 0;
      nextNanos = Math.min(nextNanos, nowNanos + FIRST_INTERVAL_NANOS);
    }
  }

  long nextTimeoutNanos() {
    return nextNanos;
  }

  void handleTimeout(long nowNanos) {
    if (nowNanos < nextNanos) {
      return;
    }
    int reported = reportedTracks();
    if (reported != reportedTracks) {
      reportedTracks = reported;
      attempts = 0;
    }
    boolean all = true;
    for (EgressTrack track : tracks) {
      all &= report(track, reported > 0, nowNanos);
    }
    attempts = all ? FIRST_ATTEMPTS : attempts + 1;
    nextNanos = nowNanos + (attempts >= FIRST_ATTEMPTS ? INTERVAL_NANOS : FIRST_INTERVAL_NANOS);
  }

  /// For how many tracks the source has told its clock. Once it is one, a guess for another would
  /// not be in step with it.
  private int reportedTracks() {
    int reported = 0;
    for (EgressTrack track : tracks) {
      Encoding encoding = track.current();
      if (encoding != null && encoding.senderClock().isReported()) {
        reported++;
      }
    }
    return reported;
  }

  private boolean report(EgressTrack track, boolean mustBeReported, long nowNanos) {
    Encoding encoding = track.current();
    if (encoding == null || track.flow().packets() == 0) {
      return false;
    }
    SenderClock clock = encoding.senderClock();
    SenderClock.Reading reading = clock.at(nowNanos);
    boolean mayGuess =
        !mustBeReported && nowNanos - encoding.firstPacketNanos() >= REPORT_PATIENCE_NANOS;
    if (reading == null || !(clock.isReported() || mayGuess)) {
      return false;
    }
    rtcp.send(
        new SenderReport(
            track.ssrc(),
            reading.ntp().bits(),
            track.flow().timestamp(reading.rtpTimestamp()),
            track.flow().packets(),
            track.flow().octets(),
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
