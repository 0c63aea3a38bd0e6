package io.wishbone.webrtc.transport;

/// How many datagrams were dropped, by [DropReason]. Not thread-safe.
public final class DropCounts {
  private static final int REASONS = DropReason.values().length;

  private final long[] counts = new long[REASONS];

  void count(DropReason reason) {
    counts[reason.ordinal()]++;
  }

  /// Datagrams dropped for this reason so far.
  public long of(DropReason reason) {
    return counts[reason.ordinal()];
  }

  /// Datagrams dropped for any reason so far.
  public long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
