package io.wishbone.node.session;

import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.ReportBlock;

/// What one viewer has said about what it gets.
public final class ViewerFeedback {
  private long packetsMissed;
  private long picturesLost;
  private int fractionLost;
  private long roundTripNanos = -1;

  void onNack(Nack nack) {
    packetsMissed += nack.sequenceNumbers().size();
  }

  void onPictureLoss() {
    picturesLost++;
  }

  void onReport(ReportBlock block, long roundTrip) {
    fractionLost = block.fractionLost();
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

  /// Share of packets lost according to the latest report, in 256ths.
  public int fractionLost() {
    return fractionLost;
  }

  /// The latest round trip, -1 when it is not known.
  public long roundTripNanos() {
    return roundTripNanos;
  }
}
