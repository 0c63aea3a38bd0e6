package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.WireBytes;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Whatever a receiver claims, the estimate stays within its limits, and nothing is thrown.
class HostileFeedbackTest {

  private static final long MILLISECOND = 1_000_000;
  private static final BitrateLimits LIMITS = new BitrateLimits(50_000, 300_000, 8_000_000);

  private final BandwidthEstimator estimator = new BandwidthEstimator(LIMITS);
  private long now = 1_000 * MILLISECOND;

  @Property(tries = 300)
  void survivesFeedbackFromNowhere(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BandwidthEstimator tested = new BandwidthEstimator(LIMITS);
    long time = random.nextLong(1L << 50);
    int latest = 0;
    for (int step = 0; step < 200; step++) {
      time += random.nextLong(30 * MILLISECOND);
      int packets = random.nextInt(40);
      for (int i = 0; i < packets; i++) {
        latest = tested.onPacketSent(random.nextInt(1_500), random.nextInt(3), time);
      }
      tested.handleTimeout(time);
      ProbeCluster probe = tested.pollProbe();
      if (probe != null) {
        assertThat(probe.bitrate()).isBetween(1L, LIMITS.max());
        assertThat(probe.bytes()).isBetween(0, 1 << 20);
      }
      tested.onFeedback(anyFeedback(random, latest), time);
      if (random.nextInt(20) == 0) {
        tested.onReceiverEstimate(random.nextLong() >>> random.nextInt(64), time);
      }
      if (random.nextInt(20) == 0) {
        tested.onReceiverReport(random.nextLong(), random.nextLong(), random.nextInt(1_500), time);
      }
      if (random.nextInt(20) == 0) {
        tested.onRoundTrip(random.nextLong());
      }
      assertThat(tested.bitrate(time)).isBetween(LIMITS.min(), LIMITS.max());
      Estimate estimate = tested.estimate(time);
      assertThat(estimate.loss()).isBetween(0.0, 1.0);
      assertThat(estimate.inherentLoss()).isBetween(0.0, 0.3);
      assertThat(tested.nextTimeoutNanos()).isGreaterThan(time);
    }
  }

  private static TransportFeedback anyFeedback(SplittableRandom random, int latest) {
    int[] ticks = new int[1 + random.nextInt(100)];
    int style = random.nextInt(4);
    for (int i = 0; i < ticks.length; i++) {
      ticks[i] =
          switch (style) {
            case 0 -> 0;
            case 1 -> random.nextInt(65_536) - 32_768;
            case 2 -> ArrivalDeltas.NOT_RECEIVED;
            default -> random.nextInt(3) == 0 ? ArrivalDeltas.NOT_RECEIVED : random.nextInt(40);
          };
    }
    int base = random.nextBoolean() ? latest - ticks.length : random.nextInt(65_536);
    int reference = random.nextInt(1 << 24) - (1 << 23);
    return new TransportFeedback(
        1, 2, base & 0xFFFF, reference, random.nextInt(256), ArrivalDeltas.of(ticks));
  }

  @Test
  void believesEachPacketOnce() {
    for (int i = 0; i < 50; i++) {
      estimator.onPacketSent(1_000, ProbeCluster.NONE, now);
      now += 10 * MILLISECOND;
    }
    int[] ticks = new int[50];
    Arrays.fill(ticks, 40);
    TransportFeedback feedback = new TransportFeedback(1, 2, 0, 0, 0, ArrivalDeltas.of(ticks));
    estimator.onFeedback(feedback, now);
    long once = estimator.estimate(now).acknowledged();
    for (int i = 0; i < 100; i++) {
      estimator.onFeedback(feedback, now);
    }
    assertThat(once).isBetween(700_000L, 900_000L);
    assertThat(estimator.estimate(now).acknowledged()).isEqualTo(once);
  }

  @Test
  void remembersABoundedNumberOfPackets() {
    SentPackets sent = new SentPackets();
    for (int i = 0; i < 100_000; i++) {
      sent.add(1, ProbeCluster.NONE, SentPackets.NO_HANDLE, i);
    }
    assertThat(sent.entries()).isEqualTo(SentPackets.MAX_ENTRIES);
    assertThat(sent.find(99_999 & 0xFFFF)).isNotNegative();
    assertThat(sent.find((100_000 - SentPackets.MAX_ENTRIES) & 0xFFFF)).isNotNegative();
    assertThat(sent.find((100_000 - SentPackets.MAX_ENTRIES - 1) & 0xFFFF)).isNegative();
    assertThat(sent.find(100_000 & 0xFFFF)).as("not sent yet").isNegative();
  }

  @FuzzTest
  void survivesAnyDatagram(byte[] datagram) {
    TimeBound.hold(() -> take(datagram));
  }

  private void take(byte[] datagram) {
    for (int i = 0; i < 200; i++) {
      estimator.onPacketSent(1_000, i % 10 == 0 ? 1 : ProbeCluster.NONE, now + i * MILLISECOND);
    }
    now += 200 * MILLISECOND;
    for (RtcpPacket packet :
        RtcpCodec.parse(WireBytes.exactly(datagram).buffer(), 0, datagram.length)) {
      if (packet instanceof TransportFeedback feedback) {
        estimator.onFeedback(feedback, now);
      }
    }
    estimator.handleTimeout(now);
    assertThat(estimator.bitrate(now)).isBetween(LIMITS.min(), LIMITS.max());
  }
}
