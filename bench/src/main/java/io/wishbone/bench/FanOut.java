package io.wishbone.bench;

import io.wishbone.client.load.Durations;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import io.wishbone.node.io.SendCounters;
import io.wishbone.node.io.SendPath;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// One publisher, many viewers, for some seconds.
///
/// @param name of the row
/// @param sendPath how the node sends
/// @param backend which library encrypts
/// @param viewers of the one stream
/// @param packetsPerFrame of about 1,150 bytes
public record FanOut(
    String name, SendPath sendPath, String backend, int viewers, int packetsPerFrame) {
  static final int FRAMES_PER_SECOND = 30;
  private static final int VIEWERS_A_SECOND = 100;

  /// So many are sent before it counts: until then code is still being compiled.
  private static final long WARM_UP_PACKETS = 1_500_000;

  private static final long WARM_UP_SECONDS = 15;

  /// What came out.
  ///
  /// @param nanosPerPacket processor time of the worker for each packet that it has sent
  /// @param garbagePerPacket bytes that the worker has allocated for each packet that it has sent
  /// @param packetsPerRun how many packets left at a time to one viewer
  /// @param cores processor time of the worker by time
  /// @param packetsPerSecond that were sent
  /// @param sent in the time that was measured
  /// @param received by the viewers in that time: fewer than were sent where the machine is so busy
  ///   that the swarm lags behind
  /// @param missing between packets that were received
  /// @param clientNanosPerPacket processor time of the swarm for each packet that it received
  /// @param delay from the publisher to the viewers, of the last packet of a frame
  public record Row(
      String name,
      int viewers,
      double nanosPerPacket,
      double garbagePerPacket,
      double packetsPerRun,
      double cores,
      double packetsPerSecond,
      double bitsPerSecond,
      long sent,
      long received,
      long missing,
      double clientNanosPerPacket,
      Durations.Summary delay) {

    /// How much of what was sent the viewers have received already.
    double receivedShare() {
      return sent == 0 ? 0 : (double) received / sent;
    }

    /// How many packets a second one core would send.
    double packetsPerCoreSecond() {
      return 1e9 / nanosPerPacket;
    }
  }

  LoadPlan plan() {
    return new LoadPlan(
        1,
        viewers,
        LoadPlan.frameOfPackets(packetsPerFrame),
        FRAMES_PER_SECOND,
        VIEWERS_A_SECOND,
        Duration.ofSeconds(5),
        1,
        viewers > 50 ? 16 : 1,
        false,
        0);
  }

  /// Runs it.
  ///
  /// @param duration how long to measure
  public Row run(Duration duration) throws InterruptedException, ExecutionException {
    try (var node = new BenchNode(sendPath, backend);
        var swarm = new Swarm(plan(), node, moment -> {})) {
      swarm.publish();
      swarm.join(viewers, VIEWERS_A_SECOND);
      warmUp(node);
      return measure(node, swarm, duration);
    }
  }

  private static void warmUp(BenchNode node) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS);
    while (node.sent().packets() < WARM_UP_PACKETS && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  Row measure(BenchNode node, Swarm swarm, Duration duration)
      throws InterruptedException, ExecutionException {
    swarm.forget();
    SendCounters.Snapshot before = node.sent();
    long begun = System.nanoTime();
    long cpu = node.cpuNanos();
    long clientCpu = swarm.clientCpuNanos();
    long allocated = node.allocatedBytes();
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    cpu = node.cpuNanos() - cpu;
    clientCpu = swarm.clientCpuNanos() - clientCpu;
    allocated = node.allocatedBytes() - allocated;
    SendCounters.Snapshot after = node.sent();
    double seconds = (System.nanoTime() - begun) / 1e9;
    long[] counts = swarm.receivedAndMissing();
    double packets = after.packets() - before.packets();
    return new Row(
        name,
        viewers,
        cpu / packets,
        allocated / packets,
        packets / (sum(after.runs()) - sum(before.runs())),
        cpu / 1e9 / seconds,
        packets / seconds,
        (after.bytes() - before.bytes()) * 8 / seconds,
        (long) packets,
        counts[0],
        counts[1],
        counts[0] == 0 ? 0 : (double) clientCpu / counts[0],
        swarm.recentDelays());
  }

  private static long sum(long[] values) {
    long sum = 0;
    for (long value : values) {
      sum += value;
    }
    return sum;
  }
}
