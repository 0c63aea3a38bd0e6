package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AbsoluteSendTimeTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private static int value(long nanos) {
    long fraction = (nanos % SECOND << 18) / SECOND;
    return (int) ((nanos / SECOND << 18) + fraction) & 0xFFFFFF;
  }

  @Test
  void goesOnWhereTheCircleBeginsAnew() {
    var time = new AbsoluteSendTime();
    long began = time.unwrap(value(3 * SECOND));
    for (long millis = 20; millis < 200_000; millis += 20) {
      assertThat(time.unwrap(value(3 * SECOND + millis * MILLISECOND)) - began)
          .isCloseTo(millis * MILLISECOND, within(8_000L));
    }
  }

  @Test
  void takesPacketsOutOfOrder() {
    var time = new AbsoluteSendTime();
    long first = time.unwrap(value(64 * SECOND + 2 * MILLISECOND));
    assertThat(time.unwrap(value(64 * SECOND - 3 * MILLISECOND)) - first)
        .isCloseTo(-5 * MILLISECOND, within(8_000L));
    assertThat(time.unwrap(value(64 * SECOND + 4 * MILLISECOND)) - first)
        .isCloseTo(2 * MILLISECOND, within(8_000L));
  }

  @Test
  void countsForDays() {
    var time = new AbsoluteSendTime();
    long began = time.unwrap(0);
    long last = began;
    for (long seconds = 30; seconds <= 3 * 86_400; seconds += 30) {
      last = time.unwrap(value(seconds * SECOND));
    }
    assertThat(last - began).isEqualTo(3 * 86_400 * SECOND);
  }
}
