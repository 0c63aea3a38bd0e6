package io.wishbone.node.worker;

/// How many relays there may be, and how long they may do nothing.
///
/// @param perStream relays that a worker sends a stream to
/// @param perWorker relays that a worker begins or serves, of all streams
/// @param lingerNanos how long an edge keeps a stream that nobody there gets any more
public record RelayLimits(int perStream, int perWorker, long lingerNanos) {

  /// The usual ones.
  public static final RelayLimits USUAL = new RelayLimits(64, 2000, 5_000_000_000L);
}
