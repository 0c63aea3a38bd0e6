package io.wishbone.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayoutDelayTest {
  private static final long SECOND = 1_000_000_000L;

  private final PlayoutDelay delay = new PlayoutDelay();

  @ParameterizedTest
  @CsvSource({"0, 0", "0.039, 0", "0.05, 100", "0.1, 200", "0.2, 400", "0.7, 400"})
  void holdsFramesBackTheLongerTheMoreIsLost(double share, int millis) {
    assertThat(delay.onLoss(share, 0)).isEqualTo(millis);
  }

  @Test
  void risesAtOnceAndFallsSlowly() {
    assertThat(delay.onLoss(0.05, 0)).isEqualTo(100);
    assertThat(delay.onLoss(0.1, SECOND)).isEqualTo(200);
    assertThat(delay.onLoss(0, 2 * SECOND)).isEqualTo(200);
    assertThat(delay.onLoss(0, 11 * SECOND)).isEqualTo(200);
    assertThat(delay.onLoss(0, 12 * SECOND)).isEqualTo(150);
    assertThat(delay.onLoss(0, 21 * SECOND)).isEqualTo(150);
    assertThat(delay.onLoss(0, 22 * SECOND)).isEqualTo(100);
    assertThat(delay.onLoss(0.1, 23 * SECOND)).isEqualTo(200);
    assertThat(delay.onLoss(0, 33 * SECOND)).isEqualTo(200);
  }

  @Test
  void endsAtNothing() {
    delay.onLoss(0.1, 0);
    for (int second = 1; second < 200; second++) {
      assertThat(delay.onLoss(0, second * SECOND)).isNotNegative();
    }
    assertThat(delay.onLoss(0, 200 * SECOND)).isZero();
  }
}
