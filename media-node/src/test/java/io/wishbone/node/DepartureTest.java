package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DepartureTest {

  private static final long SECOND = 1_000_000_000L;

  /// Clocks of this kind may begin anywhere, and overflow.
  private static final long START = Long.MAX_VALUE - 5 * SECOND;

  private boolean idle;
  private final Departure departure = new Departure(() -> idle);

  @Test
  void isNotDueUnlessItHasBegun() {
    idle = true;
    assertThat(departure.isDue(START + 100 * SECOND)).isFalse();
  }

  @Test
  void isDueWhenNobodyIsLeftAndOthersHaveHeardOfIt() {
    departure.begin(Duration.ofSeconds(60), START);
    idle = true;
    assertThat(departure.isDue(START + SECOND)).isFalse();
    assertThat(departure.isDue(START + Departure.MOMENT.toNanos())).isTrue();
    idle = false;
    assertThat(departure.isDue(START + 59 * SECOND)).isFalse();
  }

  @Test
  void isDueWhenTheTimeIsOverWhoeverIsLeft() {
    departure.begin(Duration.ofSeconds(60), START);
    assertThat(departure.isDue(START + 60 * SECOND - 1)).isFalse();
    assertThat(departure.isDue(START + 60 * SECOND)).isTrue();
  }

  @Test
  void isDueAtOnceWhenThereIsNoTime() {
    departure.begin(Duration.ZERO, START);
    assertThat(departure.isDue(START)).isTrue();
  }

  @Test
  void comesNoLaterWhenItIsAskedForAgain() {
    departure.begin(Duration.ofSeconds(10), START);
    departure.begin(Duration.ofSeconds(60), START + 5 * SECOND);
    assertThat(departure.isDue(START + 10 * SECOND)).isTrue();
  }

  @Test
  void comesSoonerWhenItIsAskedForWithLessTime() {
    departure.begin(Duration.ofSeconds(60), START);
    departure.begin(Duration.ZERO, START + 5 * SECOND);
    assertThat(departure.isDue(START + 5 * SECOND)).isTrue();
  }

  @Test
  void canBeTakenBackAndBegunAnew() {
    departure.begin(Duration.ofSeconds(10), START);
    departure.takeBack();
    assertThat(departure.isDue(START + 100 * SECOND)).isFalse();
    departure.begin(Duration.ofSeconds(10), START + 100 * SECOND);
    assertThat(departure.isDue(START + 109 * SECOND)).isFalse();
    assertThat(departure.isDue(START + 110 * SECOND)).isTrue();
  }
}
