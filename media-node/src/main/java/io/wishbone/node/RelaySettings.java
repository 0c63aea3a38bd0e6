package io.wishbone.node;

import io.wishbone.node.worker.RelayLimits;

/// What a node does to serve more viewers than one worker, or one node, could.
///
/// @param viewersPerWorker how many viewers of one stream are on a worker before others get some, 0
///   for any number
/// @param perStream how many relays a stream is sent to
/// @param perWorker how many relays a worker begins or serves, of all streams
public record RelaySettings(int viewersPerWorker, int perStream, int perWorker) {

  /// A stream stays on one worker until it has 500 viewers there.
  public static final RelaySettings USUAL =
      new RelaySettings(500, RelayLimits.USUAL.perStream(), RelayLimits.USUAL.perWorker());

  RelayLimits limits() {
    return new RelayLimits(perStream, perWorker, RelayLimits.USUAL.lingerNanos());
  }
}
