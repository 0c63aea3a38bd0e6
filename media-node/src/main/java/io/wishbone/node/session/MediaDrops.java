package io.wishbone.node.session;

import java.util.EnumMap;
import java.util.Map;

/// How much was dropped on a worker, by [MediaDropReason]. Not thread-safe.
public final class MediaDrops {
  private static final int REASONS = MediaDropReason.values().length;

  private final long[] counts = new long[REASONS];

  public void count(MediaDropReason reason) {
    counts[reason.ordinal()]++;
  }

  /// All counts.
  public Map<MediaDropReason, Long> all() {
    Map<MediaDropReason, Long> all = new EnumMap<>(MediaDropReason.class);
    for (MediaDropReason reason : MediaDropReason.values()) {
      all.put(reason, of(reason));
    }
    return all;
  }

  public long of(MediaDropReason reason) {
    return counts[reason.ordinal()];
  }
}
