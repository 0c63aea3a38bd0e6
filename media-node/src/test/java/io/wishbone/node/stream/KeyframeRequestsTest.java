package io.wishbone.node.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyframeRequestsTest {
  private static final long MILLI = 1_000_000;

  private final KeyframeRequests requests = new KeyframeRequests();

  @Test
  void letsTheFirstRequestThroughAtOnce() {
    assertThat(requests.ask(1000 * MILLI)).isTrue();
    assertThat(requests.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void holdsFurtherRequestsBackUntilTheIntervalIsOver() {
    requests.ask(1000 * MILLI);

    assertThat(requests.ask(1100 * MILLI)).isFalse();
    assertThat(requests.ask(1200 * MILLI)).isFalse();

    assertThat(requests.nextTimeoutNanos()).isEqualTo(1500 * MILLI);
    assertThat(requests.isDue(1499 * MILLI)).isFalse();
    assertThat(requests.isDue(1500 * MILLI)).isTrue();
    assertThat(requests.isDue(1600 * MILLI)).isFalse();
    assertThat(requests.ask(1900 * MILLI)).isFalse();
  }

  @Test
  void servesEverybodyWhoWaitedWithTheNextKeyframe() {
    requests.ask(1000 * MILLI);
    requests.ask(1100 * MILLI);

    requests.onKeyframe(0);

    assertThat(requests.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(requests.isDue(2000 * MILLI)).isFalse();
  }
}
