package io.wishbone.node.session;

import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.ReportBlock;
import java.util.HashMap;
import java.util.Map;

/// What one viewer has said about what it gets.
public final class ViewerFeedback {
  private static final long SECOND = 1_000_000_000L;

  /// What it has said of one track lately.
  private record Report(int fractionLost, long lost, long jitterNanos) {}

  private final Map<Long, Report> latest = new HashMap<>();
  private long packetsMissed;
  private long picturesLost;
  private long roundTripNanos = -1;

  void onNack(Nack nack) {
    packetsMissed += nack.sequenceNumbers().size();
  }

  void onPictureLoss() {
    picturesLost++;
  }

  /// @param clockRate of the track that the report is of
  void onReport(ReportBlock block, int clockRate, long roundTrip) {
    latest.put(
        block.ssrc(),
        new Report(
            block.fractionLost(),
            Math.max(0, block.cumulativeLost()),
            block.jitter() * SECOND / clockRate));
    roundTripNanos = roundTrip;
  }

  /// Packets asked for again.
  public long packetsMissed() {
    return packetsMissed;
  }

  /// Keyframes asked for.
  public long picturesLost() {
    return picturesLost;
  }

  /// Share of packets lost according to the latest reports, in 256ths, of the track that fares
  /// worst.
  public int fractionLost() {
    int worst = 0;
    for (Report report : latest.values()) {
      worst = Math.max(worst, report.fractionLost());
    }
    return worst;
  }

  /// Packets that did not arrive, so far.
  public long lost() {
    long lost = 0;
    for (Report report : latest.values()) {
      lost += report.lost();
    }
    return lost;
  }

  /// The jitter of the track that fares worst, -1 when it is not known.
  public long jitterNanos() {
    long worst = -1;
    for (Report report : latest.values()) {
      worst = Math.max(worst, report.jitterNanos());
    }
    return worst;
  }

  /// The latest round trip, -1 when it is not known.
  public long roundTripNanos() {
    return roundTripNanos;
  }
}
