package io.wishbone.client.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DurationsTest {
  @Test
  void percentilesAreWithinAThirtiethOfTheTruth() {
    var durations = new Durations();
    for (int i = 1; i <= 100_000; i++) {
      durations.record(i * 1_000L);
    }
    Durations.Summary summary = durations.summary();

    assertThat(summary.count()).isEqualTo(100_000);
    assertThat((double) summary.p50Nanos()).isCloseTo(50e6, within(50e6 / 30));
    assertThat((double) summary.p90Nanos()).isCloseTo(90e6, within(90e6 / 30));
    assertThat((double) summary.p99Nanos()).isCloseTo(99e6, within(99e6 / 30));
    assertThat(summary.maxNanos()).isEqualTo(100_000_000);
  }

  @Test
  void takesAnyDuration() {
    var durations = new Durations();
    for (long nanos : new long[] {-5, 0, 1, 31, 32, 33, 63, 64, Long.MAX_VALUE}) {
      durations.record(nanos);
    }
    assertThat(durations.summary().count()).isEqualTo(9);
    assertThat(durations.summary().p50Nanos()).isEqualTo(32);
  }

  @Test
  void isEmptyAfterItWasDrained() {
    var one = new Durations();
    var total = new Durations();
    one.record(7);
    assertThat(one.drainTo(total).count()).isEqualTo(1);
    assertThat(one.summary()).isEqualTo(new Durations.Summary(0, 0, 0, 0, 0));
    assertThat(total.summary()).isEqualTo(new Durations.Summary(1, 7, 7, 7, 7));
  }
}
