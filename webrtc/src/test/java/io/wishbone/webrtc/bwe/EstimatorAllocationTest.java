package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wishbone.webrtc.pacer.PacedSender;
import io.wishbone.webrtc.pacer.Pacer;
import io.wishbone.webrtc.pacer.PacingPolicy;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Pacing, numbering and reading feedback allocate nothing; a feedback itself, and a probe, do.
class EstimatorAllocationTest {

  private static final long MILLISECOND = 1_000_000;
  private static final int PACKETS_A_FEEDBACK = 10;
  private static final int ROUNDS = 2_000;

  private final BandwidthEstimator estimator = new BandwidthEstimator(BitrateLimits.USUAL);
  private final Pacer pacer = new Pacer(PacingPolicy.USUAL, 2_000_000);
  private final PacedSender sender =
      new PacedSender() {
        @Override
        public int send(PacketClass kind, long handle, int probeCluster, long nowNanos) {
          estimator.onPacketSent((int) handle, probeCluster, nowNanos);
          return (int) handle;
        }

        @Override
        public int pad(int bytes, int probeCluster, long nowNanos) {
          return 0;
        }
      };

  @Test
  void sendingAndReadingFeedbackAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    estimator.onWish(1); // no probes
    long allocated = 0;
    for (int round = 0; round < 2 * ROUNDS; round++) {
      TransportFeedback feedback = feedback(round);
      long before = threads.getCurrentThreadAllocatedBytes();
      sendPackets(round);
      estimator.onFeedback(feedback, (round * 50L + 50) * MILLISECOND);
      long after = threads.getCurrentThreadAllocatedBytes();
      if (round >= ROUNDS) {
        allocated += after - before;
      }
    }
    assertThat(allocated).isZero();
    assertThat(estimator.estimate(0).acknowledged()).isPositive();
  }

  private void sendPackets(int round) {
    long now = round * 50L * MILLISECOND;
    for (int i = 0; i < PACKETS_A_FEEDBACK; i++) {
      pacer.enqueue(i == 0 ? PacketClass.SOUND : PacketClass.PICTURE, 1_000, 1_000, now);
    }
    while (pacer.nextTimeoutNanos() != Long.MAX_VALUE) {
      now = Math.max(now, pacer.nextTimeoutNanos());
      pacer.handleTimeout(now, sender);
    }
    estimator.handleTimeout(now);
    pacer.onEstimate(2_000_000 + estimator.bitrate(now));
  }

  private static TransportFeedback feedback(int round) {
    int[] ticks = new int[PACKETS_A_FEEDBACK];
    Arrays.fill(ticks, 20); // 5 ms
    return new TransportFeedback(
        1,
        2,
        round * PACKETS_A_FEEDBACK & 0xFFFF,
        round * 50 / 64,
        round & 0xFF,
        ArrivalDeltas.of(ticks));
  }
}
