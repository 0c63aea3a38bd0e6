package io.wishbone.webrtc.sim;

/// Where datagrams wait for each other: of one link, or of several that go the same way.
public final class SimBottleneck {
  private static final long SECOND = 1_000_000_000L;

  private final long bitsPerSecond;
  private final int queueBytes;
  private long freeAt = Long.MIN_VALUE;

  /// @param bitsPerSecond 0 for no limit
  /// @param queueBytes what waits before datagrams are dropped
  public SimBottleneck(long bitsPerSecond, int queueBytes) {
    this.bitsPerSecond = bitsPerSecond;
    this.queueBytes = queueBytes;
  }

  /// When a datagram that comes now has passed, or [SimLink#LOST].
  long departure(int bytes, long nowNanos) {
    if (bitsPerSecond == 0) {
      return nowNanos;
    }
    long start = Math.max(nowNanos, freeAt);
    long queued = (start - nowNanos) * bitsPerSecond / 8 / SECOND;
    if (queued + bytes > queueBytes) {
      return SimLink.LOST;
    }
    freeAt = start + bytes * 8L * SECOND / bitsPerSecond;
    return freeAt;
  }
}
