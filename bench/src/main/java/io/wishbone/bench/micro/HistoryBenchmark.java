package io.wishbone.bench.micro;

import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.PacketMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Keeping a packet for those who may ask for it again, and finding one.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HistoryBenchmark {
  private static final int LENGTH = 1_134;
  private static final long PACKET_NANOS = 2_200_000;
  private static final int KEYFRAME_PACKETS = 900;

  private final PacketHistory history =
      new PacketHistory(new PacketMemory(64L << 20), HistoryLimits.VIDEO);
  private final ByteBuffer packet = ByteBuffer.allocateDirect(2_000);
  private long index;

  public HistoryBenchmark() {
    for (int i = 0; i < 2_000; i++) {
      put();
    }
  }

  @Benchmark
  public boolean put() {
    index++;
    return history.put(
        index,
        packet,
        0,
        LENGTH,
        index / 15 * 3_000,
        index % KEYFRAME_PACKETS == 0,
        index * PACKET_NANOS);
  }

  @Benchmark
  public int find() {
    return history.find(index - 50);
  }
}
