package io.wishbone.webrtc.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// What a search has to find soon.
final class BrokenTarget {

  @FuzzTest
  void fails(byte[] input) {
    if (input.length > 1 && input[0] == 'x') {
      throw new IllegalStateException("cannot be read");
    }
  }

  @FuzzTest
  void isSlow(byte[] input) {
    TimeBound.hold(() -> {
      if (input.length > 1) {
        use(2 * TimeBound.LIMIT.toNanos());
      }
    });
  }

  private static void use(long nanos) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long end = clock.getCurrentThreadCpuTime() + nanos;
    while (clock.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
  }
}
