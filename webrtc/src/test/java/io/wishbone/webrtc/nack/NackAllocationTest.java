package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/// What happens per packet allocates nothing once everything has its size.
class NackAllocationTest {

  private static final long MILLISECOND = 1_000_000;
  private static final int WARM_UP = 40_000;
  private static final int MEASURED = 20_000;

  private final ByteBuffer packet = ByteBuffer.allocateDirect(1_500);
  private long sum;

  @Test
  void puttingAndFindingPacketsAllocatesNothing() {
    PacketHistory history = new PacketHistory(new PacketMemory(8 << 20), HistoryLimits.VIDEO);
    assertThat(
            allocated(i -> {
              history.put(i, packet, 0, 1_200, i, i % 300 == 0, i * MILLISECOND);
              int slot = history.find(i - 500);
              if (slot >= 0) {
                sum += history.buffer(slot).get(history.offset(slot)) + history.length(slot);
              }
            }))
        .isZero();
  }

  @Test
  void detectingAndFillingGapsAllocatesNothing() {
    NackGenerator generator = new NackGenerator(1, 2, NackPolicy.VIDEO);
    assertThat(
            allocated(i -> {
              long base = i * 3;
              generator.onPacket(base + 2, i * MILLISECOND);
              sum += generator.onPacket(base + 1, i * MILLISECOND).ordinal();
              sum += generator.onPacket(base, i * MILLISECOND).ordinal();
              sum += generator.nextTimeoutNanos();
            }))
        .isZero();
    assertThat(generator.reordered()).isPositive();
  }

  @Test
  void judgingNacksAllocatesNothing() {
    PacketHistory history = new PacketHistory(new PacketMemory(8 << 20), HistoryLimits.VIDEO);
    for (int i = 0; i < 500; i++) {
      history.put(i, packet, 0, 1_200, i, false, 0);
    }
    NackResponder responder = new NackResponder(new RetransmissionBudget(0.5, 5_000_000));
    assertThat(
            allocated(i -> {
              long index = i % 500;
              sum += responder.judge(history, index, index, 20, i * MILLISECOND).ordinal();
            }))
        .isZero();
    assertThat(responder.retransmitted()).isPositive();
  }

  private long allocated(LongConsumer loop) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (long i = 0; i < WARM_UP; i++) {
      loop.accept(i);
    }
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (long i = WARM_UP; i < WARM_UP + MEASURED; i++) {
      loop.accept(i);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
