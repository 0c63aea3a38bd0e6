package io.wishbone.node.worker;

/// How a worker asks others for a stream.
@FunctionalInterface
public interface RelayRequests {

  /// Sends the question. Its answer comes later, on the worker's thread, or not at all.
  void ask(RelayCall call);
}
