package io.wishbone.signaling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnsTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Returns returns = new Returns(now::get);

  @Test
  void letsAFewComeBackAtOnce() {
    assertThat(returns.next(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    now.set(Instant.EPOCH.plusSeconds(1));
    assertThat(returns.next(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void spreadsACrowdOverHalfAMinute() {
    var times =
        IntStream.range(0, 5000).mapToObj(_ -> returns.next(Duration.ofSeconds(5))).toList();
    assertThat(times.getFirst()).isEqualTo(Duration.ofSeconds(5));
    assertThat(times.get(50)).isEqualTo(Duration.ofSeconds(6));
    assertThat(times).isSorted();
    assertThat(times.getLast()).isEqualTo(Duration.ofSeconds(30));
  }
}
