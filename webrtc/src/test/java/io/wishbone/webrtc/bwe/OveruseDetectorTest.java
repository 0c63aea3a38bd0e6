package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The trendline and the detector behind it.
class OveruseDetectorTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long GAP = 10 * MILLISECOND;

  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private final SplittableRandom random = new SplittableRandom(1);
  private long arrived = 1_000 * MILLISECOND;

  @Test
  void findsNothingInASteadyDelay() {
    for (int i = 0; i < 500; i++) {
      assertThat(onGroups(0)).isEqualTo(Usage.NORMAL);
    }
  }

  @Test
  void findsNothingInJitter() {
    long previous = 0;
    int overusing = 0;
    for (int i = 0; i < 5_000; i++) {
      long jitter = random.nextLong(8 * MILLISECOND);
      overusing += onGroups(jitter - previous) == Usage.OVERUSING ? 1 : 0;
      previous = jitter;
    }
    assertThat(overusing).isLessThan(50);
  }

  @Test
  void findsAQueueThatGrowsWithinAFewGroups() {
    settle();
    int groups = 0;
    while (onGroups(MILLISECOND) != Usage.OVERUSING) {
      assertThat(++groups).isLessThan(30);
    }
  }

  @Test
  void findsAQueueThatEmpties() {
    settle();
    Usage usage = Usage.NORMAL;
    for (int i = 0; i < 60; i++) {
      usage = onGroups(-2 * MILLISECOND);
    }
    assertThat(usage).isEqualTo(Usage.UNDERUSING);
    settle();
    assertThat(onGroups(0)).isEqualTo(Usage.NORMAL);
  }

  @Test
  void standsGroupsThatArriveAllAtOnce() {
    for (int i = 0; i < 100; i++) {
      trendline.onGroups(-GAP, arrived);
      detector.onTrend(trendline.trend(), GAP, arrived);
    }
    assertThat(trendline.trend()).isFinite();
  }

  private void settle() {
    for (int i = 0; i < 100; i++) {
      onGroups(0);
    }
  }

  private Usage onGroups(long later) {
    arrived += GAP + later;
    trendline.onGroups(later, arrived);
    detector.onTrend(trendline.trend(), GAP, arrived);
    return detector.usage();
  }
}
