package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FullQueueTest {
  private static final long MILLISECOND = 1_000_000;

  private final FullQueue queue = new FullQueue();
  private long now;

  /// So many packets 10 ms apart that wait, of which every fourth is lost.
  private void waiting(int packets) {
    packets(packets, 4, true);
  }

  private void packets(int packets, int lostOneOf, boolean wait) {
    for (int i = 0; i < packets; i++) {
      now += 10 * MILLISECOND;
      queue.onPacket(i % lostOneOf != 0, wait, now);
    }
  }

  @Test
  void isFullWhenMuchOfWhatWaitsIsLost() {
    waiting(15);
    assertThat(queue.poll(0)).as("too little is known").isFalse();
    waiting(15);
    assertThat(queue.poll(0)).isTrue();
    assertThat(queue.poll(0)).as("told once").isFalse();
    waiting(25);
    assertThat(queue.poll(0)).as("and again while it lasts").isTrue();
  }

  @Test
  void isNotFullWhenAsMuchIsLostAtAnyRate() {
    waiting(40);
    assertThat(queue.poll(0.2)).isFalse();
  }

  @Test
  void isNotFullWhenNothingWaits() {
    packets(100, 4, false);
    assertThat(queue.poll(0)).isFalse();
  }

  @Test
  void isNotFullWhenALongWaitIsInterrupted() {
    for (int i = 0; i < 5; i++) {
      waiting(15);
      packets(1, 4, false);
      assertThat(queue.poll(0)).isFalse();
    }
  }

  @Test
  void isNotFullWhenLittleIsLost() {
    packets(60, 20, true);
    assertThat(queue.poll(0)).isFalse();
  }
}
