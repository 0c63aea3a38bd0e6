package io.wishbone.node.worker;

/// Whose an address is, and when its owner's media were last heard there.
final class SourceClaim {
  private static final long NEVER = Long.MIN_VALUE;

  private WorkerSession owner;
  private long mediaNanos = NEVER;

  SourceClaim(WorkerSession owner) {
    this.owner = owner;
  }

  WorkerSession owner() {
    return owner;
  }

  boolean isOf(WorkerSession session) {
    return owner == session;
  }

  /// Authentic media of the owner came from there.
  void onMedia(long nowNanos) {
    mediaNanos = nowNanos;
  }

  /// Whether media of the owner came from there within this time.
  boolean isInUse(long patienceNanos, long nowNanos) {
    return mediaNanos != NEVER && nowNanos - mediaNanos < patienceNanos;
  }

  void moveTo(WorkerSession next) {
    owner = next;
    mediaNanos = NEVER;
  }
}
