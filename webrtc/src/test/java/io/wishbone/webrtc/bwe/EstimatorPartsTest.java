package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The small parts of the estimator, and what it does without transport-wide feedback.
class EstimatorPartsTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final BitrateLimits LIMITS = new BitrateLimits(50_000, 300_000, 8_000_000);

  @Test
  void measuresWhatArrives() {
    AcknowledgedBitrate acknowledged = new AcknowledgedBitrate();
    long now = 77 * SECOND;
    acknowledged.onPacket(1_000, now);
    assertThat(acknowledged.bitsPerSecond()).isEqualTo(-1);
    for (int i = 0; i < 200; i++) {
      now += 5 * MILLISECOND;
      acknowledged.onPacket(1_000, now);
    }
    assertThat(acknowledged.bitsPerSecond()).isBetween(1_560_000L, 1_640_000L);
    for (int i = 0; i < 40; i++) {
      now += 20 * MILLISECOND;
      acknowledged.onPacket(1_000, now);
    }
    assertThat(acknowledged.bitsPerSecond()).isBetween(380_000L, 420_000L);
  }

  @Test
  void measuresOnWhenTheReceiversClockWasSetBack() {
    AcknowledgedBitrate acknowledged = new AcknowledgedBitrate();
    for (int i = 0; i < 200; i++) {
      acknowledged.onPacket(1_000, 1_000 * SECOND + i * 5 * MILLISECOND);
    }
    for (int i = 0; i < 200; i++) {
      acknowledged.onPacket(1_000, -50 * SECOND + i * 10 * MILLISECOND);
    }
    assertThat(acknowledged.bitsPerSecond()).isBetween(780_000L, 820_000L);
  }

  @Test
  void measuresAProbeByTheLesserOfItsTwoRates() {
    ProbeMeter meter = new ProbeMeter();
    meter.expect(new ProbeCluster(1, 4_000_000, 7_500, 5));
    List<Long> results = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      results.add(meter.onPacket(1, 1_000, i * 2 * MILLISECOND, SECOND + i * 4 * MILLISECOND));
    }
    assertThat(results.subList(0, 5)).as("too few yet").containsOnly(-1L);
    assertThat(results.getLast()).as("95 %% of 2 Mbit/s").isEqualTo(1_900_000);
    assertThat(meter.onPacket(2, 1_000, 0, 0)).as("nobody expects it").isEqualTo(-1);
  }

  @Test
  void disbelievesAProbeThatArrivesTooFast() {
    ProbeMeter meter = new ProbeMeter();
    meter.expect(new ProbeCluster(1, 1_000_000, 5_000, 5));
    List<Long> results = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      results.add(meter.onPacket(1, 1_000, i * 8 * MILLISECOND, SECOND + i));
    }
    assertThat(results.subList(0, 3)).as("too few yet").containsOnly(ProbeMeter.NOTHING);
    assertThat(results.subList(3, 8)).containsOnly(ProbeMeter.UNCLEAR);
  }

  @Test
  void repeatsAProbeThatHasShownNothingThreeTimes() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    probes.onUnclear(300_000, SECOND);
    while (probes.poll() != null) {}
    for (int i = 0; i < 3; i++) {
      probes.onUnclear(300_000, SECOND);
      assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(1_800_000L);
      assertThat(probes.poll()).as("once at a time").isNull();
    }
    probes.onUnclear(300_000, SECOND);
    assertThat(probes.poll()).as("enough").isNull();
  }

  @Test
  void repeatsNoProbeThatWouldShowNothingNew() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onWish(400_000);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    while (probes.poll() != null) {}
    probes.onUnclear(480_000, SECOND);
    assertThat(probes.poll()).isNull();
  }

  @Test
  void probesAtTheStartAndFurtherWhileProbesPass() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(900_000L);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(1_800_000L);
    assertThat(probes.poll()).isNull();
    probes.onResult(1_200_000, SECOND);
    assertThat(probes.poll()).as("that one did not pass").isNull();
    probes.onResult(1_700_000, SECOND);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(3_400_000L);
  }

  @Test
  void probesNowAndThenWhenMoreIsWishedFor() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    while (probes.poll() != null) {}
    probes.onTime(400_000, true, Usage.NORMAL, 5 * SECOND);
    assertThat(probes.poll()).isNull();
    probes.onTime(400_000, true, Usage.NORMAL, 6 * SECOND);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(800_000L);
    probes.onTime(400_000, true, Usage.OVERUSING, 12 * SECOND);
    assertThat(probes.poll()).isNull();
    probes.onWish(400_000);
    probes.onTime(400_000, true, Usage.NORMAL, 18 * SECOND);
    assertThat(probes.poll()).as("nobody wants more").isNull();
  }

  @Test
  void goesBackToWhatItWasAfterADrop() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    while (probes.poll() != null) {}
    probes.onDrop(2_000_000, 900_000, 2 * SECOND);
    probes.onTime(900_000, false, Usage.NORMAL, 4 * SECOND);
    assertThat(probes.poll()).isNull();
    probes.onTime(900_000, false, Usage.NORMAL, 5 * SECOND);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(1_700_000L);
  }

  @Test
  void probesForWhatWasThereBeforeItFellInSeveralSteps() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    while (probes.poll() != null) {}
    probes.onDrop(2_000_000, 900_000, 2 * SECOND);
    probes.onDrop(900_000, 300_000, 2 * SECOND + 1);
    probes.onTime(300_000, false, Usage.NORMAL, 6 * SECOND);
    assertThat(probes.poll()).extracting(ProbeCluster::bitrate).isEqualTo(1_700_000L);
  }

  @Test
  void probesAgainAfterALargeDropUntilAProbeHasShownSomething() {
    ProbeControl probes = new ProbeControl(LIMITS);
    probes.onTime(300_000, false, Usage.NORMAL, SECOND);
    while (probes.poll() != null) {}
    probes.onDrop(2_000_000, 900_000, 2 * SECOND);
    probes.onTime(900_000, false, Usage.NORMAL, 5 * SECOND);
    assertThat(probes.poll()).isNotNull();
    probes.onTime(900_000, false, Usage.NORMAL, 6 * SECOND - 1);
    assertThat(probes.poll()).isNull();
    probes.onTime(900_000, false, Usage.NORMAL, 6 * SECOND);
    assertThat(probes.poll()).as("the first was lost").isNotNull();
    probes.onResult(1_000_000, 6 * SECOND + 1);
    while (probes.poll() != null) {}
    probes.onTime(1_000_000, false, Usage.NORMAL, 7 * SECOND);
    assertThat(probes.poll()).as("that is what passes").isNull();
  }

  @Test
  void countsArrivalsOnAcrossTheWrapOfTheirReference() {
    ArrivalClock clock = new ArrivalClock();
    long before = at(clock, (1 << 23) - 1);
    long after = at(clock, -(1 << 23));
    assertThat(after - before).isEqualTo(64 * MILLISECOND);
    assertThat(at(clock, (1 << 23) - 2) - before).as("an older one").isEqualTo(-64 * MILLISECOND);
  }

  private static long at(ArrivalClock clock, int reference) {
    TransportFeedback feedback = new TransportFeedback(1, 2, 0, reference, 0, ArrivalDeltas.of(0));
    long offset = clock.offsetTicks(feedback);
    long[] arrived = new long[1];
    feedback.forEach(
        new TransportFeedback.ArrivalVisitor() {
          @Override
          public void received(int sequenceNumber, long ticks) {
            arrived[0] = ArrivalClock.nanos(ticks + offset);
          }

          @Override
          public void missing(int sequenceNumber) {}
        });
    return arrived[0];
  }

  @Test
  void believesTheReceiverWhereThereIsNoFeedback() {
    BandwidthEstimator estimator = new BandwidthEstimator(LIMITS);
    assertThat(estimator.estimate(SECOND).source()).isEqualTo(Estimate.Source.START);
    estimator.onReceiverEstimate(1_500_000, SECOND);
    assertThat(estimator.bitrate(60 * SECOND)).isEqualTo(1_500_000);
    assertThat(estimator.estimate(SECOND).source()).isEqualTo(Estimate.Source.RECEIVER);
    estimator.onReceiverEstimate(99_000_000_000L, SECOND);
    assertThat(estimator.bitrate(SECOND)).isEqualTo(LIMITS.max());
    estimator.onReceiverEstimate(0, SECOND);
    assertThat(estimator.bitrate(SECOND)).isEqualTo(LIMITS.min());
  }

  @Test
  void fallsByTheLossInReceiverReportsWhereThereIsNoFeedback() {
    BandwidthEstimator estimator = new BandwidthEstimator(LIMITS);
    estimator.onReceiverEstimate(2_000_000, SECOND);
    for (int i = 1; i < 4; i++) {
      estimator.onReceiverReport(80, 200, 1_000, i * SECOND);
    }
    assertThat(estimator.bitrate(4 * SECOND)).isLessThan(1_700_000);
    assertThat(estimator.estimate(4 * SECOND).source()).isEqualTo(Estimate.Source.LOSS);
    assertThat(estimator.estimate(4 * SECOND).loss()).isGreaterThan(0.1);
  }

  @Test
  void staysWhereItBeganWithoutAnyWordFromTheReceiver() {
    BandwidthEstimator estimator = new BandwidthEstimator(LIMITS);
    for (long now = SECOND; now < 30 * SECOND; now += 10 * MILLISECOND) {
      estimator.onPacketSent(1_000, ProbeCluster.NONE, now);
      estimator.handleTimeout(now);
    }
    assertThat(estimator.bitrate(30 * SECOND)).isEqualTo(LIMITS.start());
  }
}
