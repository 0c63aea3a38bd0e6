package io.wishbone.webrtc.transport;

import java.util.function.Supplier;

/// Runs work that is too heavy for the worker's thread elsewhere, and brings the result back.
///
/// A DTLS handshake costs some milliseconds of CPU, during which thousands of packets would wait. A
/// media node hands such work to other threads; a simulation runs it in place, which keeps it
/// deterministic.
@FunctionalInterface
public interface Offload {

  /// Runs `work` on some thread, then `done` with its result on the worker's thread.
  ///
  /// `work` does not throw. Works of different transports may overlap; the caller sees to it that
  /// those of one transport do not. When the worker has stopped in between, `done` is never called.
  <T> void run(Supplier<T> work, Completion<T> done);

  /// What happens with a result, back on the worker's thread.
  @FunctionalInterface
  interface Completion<T> {
    /// @param nowNanos monotonic time on the worker's thread
    void accept(T result, long nowNanos);
  }
}
