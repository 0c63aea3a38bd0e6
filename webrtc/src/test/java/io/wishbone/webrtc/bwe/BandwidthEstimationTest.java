package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.Seeds;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole of it - source, pacer, estimator, receiver - over a bottleneck in simulated time.
class BandwidthEstimationTest {

  private static final double TEN_SECONDS = 10;
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest(name = "{0} bit/s, round trip {1} ms")
  @CsvSource({
    "500000, 40",
    "500000, 150",
    "1000000, 40",
    "1000000, 150",
    "3000000, 40",
    "3000000, 150"
  })
  void settlesNearTheCapacityWithinTenSeconds(long capacity, int roundTripMillis) {
    for (long seed = 1; seed <= Seeds.of(5); seed++) {
      Flows flows = new Flows(seed, 1).over(capacity, roundTripMillis, 0);
      double settled = flows.secondsUntil(0.85 * capacity, 1.15 * capacity, TEN_SECONDS);
      double mean = flows.meanOver(40)[0];
      double delivered = flows.flows.getFirst().delivered * 8.0 / (settled + 40);
      System.out.printf(
          "capacity %d, round trip %d ms: within 15 %% after %.1f s, then %.0f %% on average; lost"
              + " %d of %d packets%n",
          capacity,
          roundTripMillis,
          settled,
          100 * mean / capacity,
          flows.network.lost(),
          flows.network.lost() + flows.network.delivered());
      assertThat(settled).isLessThanOrEqualTo(TEN_SECONDS);
      assertThat(mean).isBetween(0.85 * capacity, 1.05 * capacity);
      assertThat(delivered).isGreaterThan(0.75 * capacity);
      assertThat((double) flows.network.lost()).isLessThan(0.01 * flows.network.delivered());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void reactsToADropWithinTwoSecondsAndRecovers(long seed) {
    Flows flows = new Flows(seed, 1).over(3_000_000, 50, 0).run(15);
    assertThat(flows.flows.getFirst().bitrate()).isGreaterThan(2_000_000);

    flows.over(600_000, 50, 0);
    double reacted = flows.secondsUntil(100_000, 600_000, 3);
    double low = flows.meanOver(15)[0];
    flows.over(3_000_000, 50, 0);
    double recovered = flows.secondsUntil(0.5 * 3_000_000, 1.15 * 3_000_000, 30);
    System.out.printf(
        "3 -> 0.6 Mbit/s: below after %.1f s, then %.0f kbit/s on average; back above half of 3"
            + " Mbit/s after %.1f s%n",
        reacted, low / 1000, recovered);
    assertThat(reacted).isLessThanOrEqualTo(2);
    assertThat(low).isBetween(0.55 * 600_000, 1.05 * 600_000);
    assertThat(recovered).isLessThanOrEqualTo(20);
  }

  @ParameterizedTest(name = "{0} random loss")
  @CsvSource({"0.02, 0.8", "0.05, 0.7", "0.10, 0.65", "0.20, 0.5"})
  void doesNotTakeRandomLossForCongestion(double loss, double share) {
    double sum = 0;
    for (long seed = 1; seed <= Seeds.of(5); seed++) {
      Flows flows = new Flows(seed, 1).over(2_000_000, 50, loss).run(TEN_SECONDS);
      double mean = flows.meanOver(50)[0] / 2_000_000;
      sum += mean;
      assertThat(mean).isBetween(share, 1.3);
      assertThat(flows.flows.getFirst().estimator.estimate(flows.network.now()).loss())
          .isBetween(loss / 4, loss * 2 + 0.03);
    }
    System.out.printf(
        "%.0f %% random loss: %.0f %% of the capacity%n", 100 * loss, 100 * sum / Seeds.of(5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void takesLossOfAShallowQueueForCongestion(long seed) {
    Flows flows = new Flows(seed, 1).over(1_000_000, 50, 0).run(1);
    LinkConditions policer =
        LinkConditions.LAN
            .withDelay(Duration.ofMillis(25), Duration.ofMillis(1))
            .withRate(500_000, 2_600);
    flows.forward(policer).run(5);
    long lostBefore = flows.network.lost();
    long deliveredBefore = flows.network.delivered();
    double mean = flows.meanOver(40)[0];
    double loss =
        (double) (flows.network.lost() - lostBefore)
            / (flows.network.delivered() - deliveredBefore);
    System.out.printf(
        "a policer of 500 kbit/s: %.0f kbit/s, %.1f %% lost%n", mean / 1000, 100 * loss);
    assertThat(mean).isBetween(200_000.0, 650_000.0);
    assertThat(loss).isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sharesFairlyWithItself(long seed) {
    Flows flows = new Flows(seed, 2).over(2_000_000, 50, 0);
    flows.flows.get(1).beginNanos = 11 * SECOND;
    flows.run(40);
    double[] means = flows.meanOver(60);
    System.out.printf(
        "two flows over 2 Mbit/s: %.0f and %.0f kbit/s%n", means[0] / 1000, means[1] / 1000);
    double sum = means[0] + means[1];
    double jain = sum * sum / (2 * (means[0] * means[0] + means[1] * means[1]));
    assertThat(jain).isGreaterThan(0.9);
    assertThat(sum).isBetween(1_500_000.0, 2_200_000.0);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void standsFeedbackThatIsLostReorderedAndDuplicated(long seed) {
    LinkConditions back =
        LinkConditions.LAN
            .withDelay(Duration.ofMillis(25), Duration.ofMillis(10))
            .withLoss(0.3)
            .withReordering(0.1)
            .withDuplication(0.1);
    Flows flows = new Flows(seed, 1).over(1_000_000, 50, 0).feedback(back).run(TEN_SECONDS);
    double mean = flows.meanOver(40)[0];
    System.out.printf("30 %% of the feedback lost: %.0f kbit/s of 1000%n", mean / 1000);
    assertThat(mean).isBetween(600_000.0, 1_100_000.0);
  }

  @Test
  void slowsDownWhileNoFeedbackComesAndGoesOnWhenItDoes() {
    Flows flows = new Flows(1, 1).over(1_000_000, 50, 0).run(TEN_SECONDS);
    flows.feedback(LinkConditions.LAN.withLoss(1)).run(5);
    assertThat(flows.flows.getFirst().bitrate()).isLessThan(300_000);
    flows.feedback(LinkConditions.LAN).run(40);
    assertThat(flows.flows.getFirst().bitrate()).isGreaterThan(700_000);
  }

  @Test
  void learnsWhatThePathCarriesThoughLessIsSent() {
    Flows flows = new Flows(1, 1).over(3_000_000, 50, 0);
    flows.flows.getFirst().sourceMax = 400_000;
    flows.run(20);
    Estimate estimate = flows.flows.getFirst().estimator.estimate(flows.network.now());
    assertThat(estimate.bitrate()).isBetween(2_400_000L, 3_100_000L);
    assertThat(estimate.applicationLimited()).isTrue();
  }

  @Test
  void probesNoFurtherThanIsWishedFor() {
    Flows flows = new Flows(1, 1).over(5_000_000, 50, 0);
    flows.flows.getFirst().sourceMax = 400_000;
    flows.flows.getFirst().estimator.onWish(1_000_000);
    flows.run(30);
    assertThat(flows.flows.getFirst().bitrate()).isBetween(1_000_000L, 1_300_000L);
    // 30 seconds at 400 kbit/s are 1.5 million bytes.
    assertThat(flows.flows.getFirst().pacer.paddingBytes()).isLessThan(60_000);
  }

  /// What a server has to offer: three layers of 150, 500 and 1500 kbit/s.
  @ParameterizedTest(name = "{0} bit/s, loss {1}: layer {2} for {3} of the time")
  @CsvSource({
    "400000, 0, 0, 0.9",
    "900000, 0, 1, 0.9",
    "4000000, 0, 2, 0.95",
    "4000000, 0.05, 2, 0.9",
    "4000000, 0.1, 2, 0.85",
    "4000000, 0.2, 2, 0.7"
  })
  void givesTheLayerThatFits(long capacity, double loss, int layer, double share) {
    double worst = 1;
    for (long seed = 1; seed <= Seeds.of(10); seed++) {
      Flows flows = new Flows(seed, 1).over(capacity, 60, loss);
      Flows.Flow flow = flows.flows.getFirst();
      flow.layers(150_000, 500_000, 1_500_000);
      flows.run(TEN_SECONDS);
      flow.layers(150_000, 500_000, 1_500_000);
      flows.run(60);
      worst = Math.min(worst, flow.framesOfLayer[layer] / (60.0 * 30));
    }
    System.out.printf(
        "layers over %d kbit/s, %.0f %% loss: layer %d for %.0f %% of the time at least%n",
        capacity / 1000, 100 * loss, layer, 100 * worst);
    assertThat(worst).isGreaterThanOrEqualTo(share);
  }

  @Test
  void goesDownAndUpThroughTheLayersWithTheLink() {
    double slowestDown = 0;
    double slowestUp = 0;
    for (long seed = 1; seed <= Seeds.of(10); seed++) {
      Flows flows = new Flows(seed, 1).over(4_000_000, 60, 0);
      Flows.Flow flow = flows.flows.getFirst();
      flow.layers(150_000, 500_000, 1_500_000);
      flows.run(20);
      flows.over(400_000, 60, 0);
      slowestDown = Math.max(slowestDown, flows.secondsUntil(50_000, 500_000, 30));
      flows.run(20).over(4_000_000, 60, 0);
      slowestUp = Math.max(slowestUp, flows.secondsUntil(1_650_000, 9e9, 60));
    }
    System.out.printf(
        "layers, 4 to 0.4 Mbit/s: low layer after %.1f s at most; back: top layer after %.1f s%n",
        slowestDown, slowestUp);
    assertThat(slowestDown).isLessThanOrEqualTo(5);
    assertThat(slowestUp).isLessThanOrEqualTo(15);
  }
}
