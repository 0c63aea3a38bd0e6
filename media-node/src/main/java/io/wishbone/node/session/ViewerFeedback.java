package io.wishbone.node.session;

import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.stats.LossWindow;
import java.util.HashMap;
import java.util.Map;

/// What one viewer has said about what it gets.
public final class ViewerFeedback {
  private static final long SECOND = 1_000_000_000L;

  /// What it has said of one track lately.
  private record Report(long lost, long jitterNanos, LossWindow losses) {}

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
  void onReport(ReportBlock block, int clockRate, long roundTrip, long nowNanos) {
    Report before = latest.get(block.ssrc());
    LossWindow losses = before == null ? new LossWindow() : before.losses();
    losses.add(block.highestSequence(), block.cumulativeLost(), nowNanos);
    latest.put(
        block.ssrc(),
        new Report(
            Math.max(0, block.cumulativeLost()), block.jitter() * SECOND / clockRate, losses));
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

  /// The share of packets that was lost lately, 0 to 1, of the track that fares worst: see
  /// [LossWindow].
  public double lostShare(long nowNanos) {
    double worst = 0;
    for (Report report : latest.values()) {
      worst = Math.max(worst, report.losses().share(nowNanos));
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
