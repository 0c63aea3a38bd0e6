package io.wishbone.node.session;

/// How much was dropped on a worker, by [MediaDropReason]. Not thread-safe.
public final class MediaDrops {
  private static final int REASONS = MediaDropReason.values().length;

  private final long[] counts = new long[REASONS];

  public void count(MediaDropReason reason) {
    counts[reason.ordinal()]++;
  }

  public long of(MediaDropReason reason) {
    return counts[reason.ordinal()];
  }
}
