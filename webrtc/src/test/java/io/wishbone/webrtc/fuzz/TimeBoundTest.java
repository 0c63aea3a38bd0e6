package io.wishbone.webrtc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The bound of the fuzz targets is one: it fails for what is slow, and not for what only waits.
class TimeBoundTest {

  private static long limit() {
    return TimeBound.LIMIT.toNanos();
  }

  /// Computes until the thread has had as much of a processor, however long that takes.
  private static void use(long nanos) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long end = clock.getCurrentThreadCpuTime() + nanos;
    while (clock.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void failsForWhatIsSlowEachTime() {
    assertThatThrownBy(() -> TimeBound.hold(() -> use(2 * limit())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("of a processor");
  }

  @Test
  void passesOverWhatIsSlowOnce() {
    var runs = new AtomicInteger();
    TimeBound.hold(() -> use(runs.getAndIncrement() == 0 ? 2 * limit() : 0));
    assertThat(runs.get()).isGreaterThan(1);
  }

  @Test
  void passesOverWhatWaitsForAProcessor() {
    TimeBound.hold(() -> {
      long end = System.nanoTime() + 2 * limit();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(limit());
      }
    });
  }
}
