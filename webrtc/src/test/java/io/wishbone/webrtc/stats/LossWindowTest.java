package io.wishbone.webrtc.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LossWindowTest {
  private static final long SECOND = 1_000_000_000L;

  private final LossWindow window = new LossWindow();

  @Test
  void knowsNothingOfOneCount() {
    window.add(5_000, 4_000, SECOND);

    assertThat(window.share(SECOND)).isZero();
  }

  @Test
  void saysNothingOfAFewPackets() {
    window.add(0, 0, 0);
    window.add(99, 50, SECOND);
    assertThat(window.share(SECOND)).isZero();

    window.add(100, 50, 2 * SECOND);
    assertThat(window.share(2 * SECOND)).isEqualTo(0.5);
  }

  @Test
  void forgetsAfterTenSecondsWhatHasEnded() {
    long lost = 0;
    for (int second = 0; second <= 30; second++) {
      window.add(second * 100L, lost, second * SECOND);
      lost += second < 10 ? 20 : 0;
    }

    assertThat(window.share(30 * SECOND)).isZero();
  }

  @Test
  void averagesOneBadSecond() {
    for (int second = 0; second <= 20; second++) {
      window.add(second * 100L, second > 15 ? 50 : 0, second * SECOND);
    }

    assertThat(window.share(20 * SECOND)).isEqualTo(0.05);
  }

  @Test
  void goesByWhenNothingMoreIsHeard() {
    window.add(0, 0, 0);
    window.add(1_000, 300, 5 * SECOND);

    assertThat(window.share(15 * SECOND)).isEqualTo(0.3);
    assertThat(window.share(15 * SECOND + 1)).isZero();
  }

  /// As of a receiver whose reports come rarely (RFC 3550 section 6.2).
  @Test
  void comparesWithTheReportBeforeHoweverLongAgoThatWas() {
    window.add(0, 0, 0);
    window.add(1_000, 100, 20 * SECOND);

    assertThat(window.share(20 * SECOND)).isEqualTo(0.1);
  }

  @Test
  void countsThatComeOftenCoverAsMuchTime() {
    for (int i = 0; i <= 300; i++) {
      window.add(i * 10L, i <= 200 ? 0 : i - 200, i * SECOND / 10);
    }

    assertThat(window.share(30 * SECOND)).isCloseTo(0.1, within(0.012));
  }

  @Test
  void beginsAnewWithAStreamThatDoes() {
    window.add(10_000, 5_000, 0);
    window.add(11_000, 6_000, SECOND);
    window.add(200, 0, 2 * SECOND);
    assertThat(window.share(2 * SECOND)).isZero();

    window.add(400, 20, 3 * SECOND);
    assertThat(window.share(3 * SECOND)).isEqualTo(0.1);
  }

  @Test
  void staysAShareWhateverItIsTold() {
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      long now = i * SECOND / 3;
      window.add(random.nextLong() >> random.nextInt(64), random.nextInt(), now);
      assertThat(window.share(now)).isBetween(0.0, 1.0);
    }
  }
}
