package io.wishbone.bench;

import io.wishbone.client.load.Durations;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import io.wishbone.node.io.SendCounters;
import io.wishbone.node.io.SendPath;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Publishers, many viewers, for some seconds.
///
/// @param name of the row
/// @param sendPath how the node sends
/// @param backend which library encrypts
/// @param viewers of all streams
/// @param packetsPerFrame of about 1,150 bytes
/// @param workers that carry them
/// @param streams that are published; with one, the viewers of several workers get it by relays
public record FanOut(
    String name,
    SendPath sendPath,
    String backend,
    int viewers,
    int packetsPerFrame,
    int workers,
    int streams) {
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

  /// One stream on one worker.
  FanOut(String name, SendPath sendPath, String backend, int viewers, int packetsPerFrame) {
    this(name, sendPath, backend, viewers, packetsPerFrame, 1, 1);
  }

  /// A node for it.
  BenchNode node() {
    return new BenchNode(
        sendPath, backend, workers, streams == 1 ? Math.ceilDiv(viewers, workers) : 0);
  }

  LoadPlan plan() {
    return new LoadPlan(
        streams,
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
    return run(Duration.ofSeconds(WARM_UP_SECONDS), duration);
  }

  /// Runs it.
  ///
  /// @param warmUp how long code is given to be compiled, at most
  /// @param duration how long to measure
  Row run(Duration warmUp, Duration duration) throws InterruptedException, ExecutionException {
    try (var node = node();
        var swarm = new Swarm(plan(), node, moment -> {})) {
      swarm.publish();
      swarm.join(viewers, VIEWERS_A_SECOND);
      warmUp(node, warmUp);
      return measure(node, swarm, duration);
    }
  }

  private static void warmUp(BenchNode node, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (packets(node.sent()) < WARM_UP_PACKETS && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  Row measure(BenchNode node, Swarm swarm, Duration duration)
      throws InterruptedException, ExecutionException {
    swarm.forget();
    List<SendCounters.Snapshot> before = node.sent();
    long begun = System.nanoTime();
    long cpu = node.cpuNanos();
    long clientCpu = swarm.clientCpuNanos();
    long allocated = node.allocatedBytes();
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    cpu = node.cpuNanos() - cpu;
    clientCpu = swarm.clientCpuNanos() - clientCpu;
    allocated = node.allocatedBytes() - allocated;
    List<SendCounters.Snapshot> after = node.sent();
    double seconds = (System.nanoTime() - begun) / 1e9;
    long[] counts = swarm.receivedAndMissing();
    double packets = packets(after) - packets(before);
    return new Row(
        name,
        viewers,
        cpu / packets,
        allocated / packets,
        packets / (runs(after) - runs(before)),
        cpu / 1e9 / seconds,
        packets / seconds,
        (bytes(after) - bytes(before)) * 8 / seconds,
        (long) packets,
        counts[0],
        counts[1],
        counts[0] == 0 ? 0 : (double) clientCpu / counts[0],
        swarm.recentDelays());
  }

  private static long packets(List<SendCounters.Snapshot> sent) {
    return sent.stream().mapToLong(SendCounters.Snapshot::packets).sum();
  }

  private static double bytes(List<SendCounters.Snapshot> sent) {
    return sent.stream().mapToLong(SendCounters.Snapshot::bytes).sum();
  }

  private static long runs(List<SendCounters.Snapshot> sent) {
    return sent.stream().flatMapToLong(worker -> Arrays.stream(worker.runs())).sum();
  }
}
