package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateControlTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long ROUND_TRIP = 50 * MILLISECOND;
  private static final BitrateLimits LIMITS = new BitrateLimits(50_000, 1_000_000, 5_000_000);

  private final RateControl rate = new RateControl(LIMITS);
  private long now = 1_000 * MILLISECOND;

  @Test
  void growsByEightPercentASecondFarFromAnyBound() {
    onUsage(Usage.NORMAL, 1_000_000, 11);
    assertThat(rate.bitsPerSecond()).isBetween(1_070_000L, 1_090_000L);
  }

  @Test
  void doesNotOutgrowWhatArrives() {
    onUsage(Usage.NORMAL, 700_000, 1_000);
    assertThat(rate.bitsPerSecond()).isEqualTo(1_060_000L);
  }

  @Test
  void fallsTo85PercentOfWhatArrivesOnceARoundTrip() {
    onUsage(Usage.OVERUSING, 900_000, 1);
    assertThat(rate.bitsPerSecond()).isEqualTo(765_000);
    rate.onUsage(Usage.OVERUSING, 800_000, 0, ROUND_TRIP, 0, now + 1);
    assertThat(rate.bitsPerSecond()).isEqualTo(765_000);
    now += ROUND_TRIP;
    onUsage(Usage.OVERUSING, 700_000, 1);
    assertThat(rate.bitsPerSecond()).isEqualTo(595_000);
  }

  @Test
  void fallsNoFurtherThanTheFloorUntilTheQueueOfNowHasPassed() {
    onOveruse(100_000, 600_000);
    assertThat(rate.bitsPerSecond()).isEqualTo(600_000);
    onOveruse(100_000, 400_000);
    assertThat(rate.bitsPerSecond()).as("the queue of 100 ms stands").isEqualTo(600_000);
    onOveruse(100_000, 400_000);
    assertThat(rate.bitsPerSecond()).isEqualTo(400_000);
    now += 100 * MILLISECOND;
    onOveruse(400_000, 100_000);
    assertThat(rate.bitsPerSecond()).as("as much passes").isEqualTo(340_000);
  }

  @Test
  void fallsAtOnceWithoutAFloor() {
    onOveruse(100_000, 0);
    assertThat(rate.bitsPerSecond()).isEqualTo(85_000);
  }

  private void onOveruse(long acknowledged, double floor) {
    now += 100 * MILLISECOND;
    rate.onUsage(Usage.OVERUSING, acknowledged, floor, ROUND_TRIP, 100 * MILLISECOND, now);
  }

  @Test
  void neverRisesOnOveruse() {
    onUsage(Usage.OVERUSING, 4_000_000, 1);
    assertThat(rate.bitsPerSecond()).isLessThanOrEqualTo(1_000_000);
  }

  @Test
  void waitsWhileTheQueueEmpties() {
    onUsage(Usage.OVERUSING, 900_000, 1);
    onUsage(Usage.UNDERUSING, 900_000, 50);
    assertThat(rate.bitsPerSecond()).isEqualTo(765_000);
    onUsage(Usage.NORMAL, 765_000, 11);
    assertThat(rate.bitsPerSecond()).isGreaterThan(765_000);
  }

  @Test
  void growsSlowlyNearWhatTheLinkWasSeenToCarry() {
    onUsage(Usage.OVERUSING, 900_000, 1);
    onUsage(Usage.NORMAL, 765_000, 12);
    // Half a packet of 1200 bytes each 150 ms are 32 kbit/s.
    assertThat(rate.bitsPerSecond()).isBetween(765_000 + 28_000L, 765_000 + 36_000L);
  }

  @Test
  void takesWhatAProbeShowsForProvenUntilItHasArrived() {
    rate.raise(3_000_000, now);
    assertThat(rate.bitsPerSecond()).isEqualTo(3_000_000);
    onUsage(Usage.OVERUSING, 1_500_000, 1);
    assertThat(rate.bitsPerSecond()).isEqualTo(2_550_000);
    now += 600 * MILLISECOND;
    onUsage(Usage.OVERUSING, 1_500_000, 1);
    assertThat(rate.bitsPerSecond()).isEqualTo(1_275_000);
  }

  @Test
  void staysWithinItsLimits() {
    rate.raise(90_000_000, now);
    assertThat(rate.bitsPerSecond()).isEqualTo(LIMITS.max());
    now += 600 * MILLISECOND;
    onUsage(Usage.OVERUSING, 1, 10);
    assertThat(rate.bitsPerSecond()).isEqualTo(LIMITS.min());
  }

  /// So many feedbacks, 100 ms apart.
  private void onUsage(Usage usage, long acknowledged, int times) {
    for (int i = 0; i < times; i++) {
      now += 100 * MILLISECOND;
      rate.onUsage(usage, acknowledged, 0, ROUND_TRIP, 0, now);
    }
  }
}
