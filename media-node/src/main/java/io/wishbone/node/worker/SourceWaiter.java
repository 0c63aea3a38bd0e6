package io.wishbone.node.worker;

/// Waits for a stream to get its source. Hears one of these, once, on the worker's thread. A fault
/// of its own is its own: nobody else hears of it.
public interface SourceWaiter {

  /// The stream has a source, or is known to get none for now, or time is up: it has to look itself
  /// which of these it is.
  void onSettled(long nowNanos);

  /// What waited was closed.
  void onClosed(String detail);
}
