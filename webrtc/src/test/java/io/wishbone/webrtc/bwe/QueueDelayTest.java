package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueDelayTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long ANOTHER_CLOCK = -77_000_000_000L;

  private final QueueDelay queue = new QueueDelay();
  private long now;

  /// Packets 20 ms apart that take so long.
  private void packets(int count, long millis) {
    for (int i = 0; i < count; i++) {
      now += 20 * MILLISECOND;
      queue.onPacket(now, now + ANOTHER_CLOCK + millis * MILLISECOND);
    }
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(queue.isLong()).isFalse();
    packets(1, 500);
    assertThat(queue.isLong()).isFalse();
    assertThat(queue.nanos()).isZero();
  }

  @Test
  void tellsAFullQueueFromJitter() {
    packets(50, 20);
    packets(1, 55);
    assertThat(queue.isLong()).isFalse();
    packets(1, 320);
    assertThat(queue.isLong()).isTrue();
    assertThat(queue.nanos()).isEqualTo(300 * MILLISECOND);
    packets(1, 20);
    assertThat(queue.isLong()).isFalse();
  }

  @Test
  void takesALongerWayForGrantedAfterTenSeconds() {
    packets(50, 20);
    packets(200, 120);
    assertThat(queue.isLong()).as("after four seconds").isTrue();
    packets(301, 120);
    assertThat(queue.isLong()).as("after ten").isFalse();
  }

  @Test
  void takesALongerWayForGrantedAtOnceWhenItIsKnownForOne() {
    packets(50, 20);
    packets(4, 120);
    assertThat(queue.isLong()).isTrue();
    queue.longerBy(100 * MILLISECOND);
    assertThat(queue.isLong()).isFalse();
    packets(1, 200);
    assertThat(queue.nanos()).as("on top of it").isEqualTo(80 * MILLISECOND);
    packets(1, 20);
    packets(1, 120);
    assertThat(queue.nanos()).as("when it is short again").isEqualTo(100 * MILLISECOND);
  }
}
