package io.wishbone.node.io;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// What a worker's socket was given so far. Counted on the event loop, read from any thread.
public final class SendCounters {
  private static final int PACKETS = 0;
  private static final int BYTES = 1;
  private static final int DROPPED = 2;
  private static final int FLUSHES = 3;
  private static final int SEGMENTED = 4;
  private static final int REFUSED = 5;
  private static final int RUNS = 6;

  /// Upper limits of the classes in which runs are counted.
  private static final int[] RUN_PACKETS = {1, 2, 4, 8, 16, 32, 64};

  private final AtomicLongArray counts = new AtomicLongArray(RUNS + RUN_PACKETS.length);

  /// How it was at one moment.
  ///
  /// @param packets handed to the socket
  /// @param bytes handed to the socket
  /// @param dropped packets that the socket did not take in time
  /// @param flushes how often the socket was given everything that waited
  /// @param segmentedPackets those among `packets` that left within a segmented datagram
  /// @param refusedRuns segmented datagrams that the kernel did not take
  /// @param runs how many runs had up to as many packets as [#runLimits] says, class by class; a
  ///   run is what one viewer gets at a time in one datagram
  public record Snapshot(
      long packets,
      long bytes,
      long dropped,
      long flushes,
      long segmentedPackets,
      long refusedRuns,
      long[] runs) {

    /// The mean number of packets in a run, 0 without any.
    public double packetsPerRun() {
      long all = Arrays.stream(runs).sum();
      return all == 0 ? 0 : (double) packets / all;
    }

    /// The mean number of bytes that the socket was given at a time, 0 without any.
    public double bytesPerFlush() {
      return flushes == 0 ? 0 : (double) bytes / flushes;
    }
  }

  /// The largest number of packets that each class of [Snapshot#runs] counts: the classes of
  /// `wishbone_send_runs_total`.
  public static int[] runLimits() {
    return RUN_PACKETS.clone();
  }

  public Snapshot snapshot() {
    long[] runs = new long[RUN_PACKETS.length];
    for (int i = 0; i < runs.length; i++) {
      runs[i] = counts.getAcquire(RUNS + i);
    }
    return new Snapshot(
        counts.getAcquire(PACKETS),
        counts.getAcquire(BYTES),
        counts.getAcquire(DROPPED),
        counts.getAcquire(FLUSHES),
        counts.getAcquire(SEGMENTED),
        counts.getAcquire(REFUSED),
        runs);
  }

  void onRun(int packets, int bytes, boolean segmented) {
    add(PACKETS, packets);
    add(BYTES, bytes);
    if (segmented) {
      add(SEGMENTED, packets);
    }
    // 1, 2, 3-4, 5-8, 9-16, 17-32, 33-64
    add(RUNS + Integer.SIZE - Integer.numberOfLeadingZeros(packets - 1), 1);
  }

  void onFlush() {
    add(FLUSHES, 1);
  }

  void onDropped(int packets) {
    add(DROPPED, packets);
  }

  void onRefused() {
    add(REFUSED, 1);
  }

  /// There is one writer: no other addition can be lost.
  private void add(int counter, long amount) {
    counts.setRelease(counter, counts.getPlain(counter) + amount);
  }
}
