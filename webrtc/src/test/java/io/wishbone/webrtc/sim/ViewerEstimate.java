package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.bwe.ArrivalEstimator;
import io.wishbone.webrtc.bwe.BitrateLimits;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.RtpTimestamps;
import java.util.List;

/// What a browser without transport-wide feedback does: estimates what its way carries by when its
/// picture comes, and says so (REMB).
final class ViewerEstimate {
  private static final long SSRC = 78;
  private static final int PICTURE = 120;
  private static final BitrateLimits LIMITS = new BitrateLimits(10_000, 300_000, 100_000_000);

  private final OfferingPeer peer;
  private final ArrivalEstimator estimator = new ArrivalEstimator(LIMITS);
  private boolean started;
  private long lastTimestamp;
  private long ticks;

  ViewerEstimate(OfferingPeer peer) {
    this.peer = peer;
  }

  void onPacket(RtpPacket packet, long nowNanos) {
    if (packet.payloadType() != PICTURE) {
      estimator.onBytes(packet.length(), nowNanos);
      return;
    }
    ticks += started ? RtpTimestamps.distance(packet.timestamp(), lastTimestamp) : 0;
    started = true;
    lastTimestamp = packet.timestamp();
    estimator.onPacket(packet.length(), ticks * 1_000_000 / 90, nowNanos);
  }

  long nextTimeoutNanos() {
    return estimator.nextTimeoutNanos();
  }

  void handleTimeout(long nowNanos) {
    if (estimator.handleTimeout(nowNanos)) {
      peer.sendRtcp(List.of(new Remb(SSRC, estimator.bitrate(), List.of())));
    }
  }
}
