package io.wishbone.node.worker;

import io.wishbone.webrtc.transport.Offload;
import java.util.function.Supplier;

/// Runs the DTLS steps of one session. A step that comes back may have set a timer, made the
/// session connected or ended it: the worker looks at the session anew.
final class SessionOffload implements Offload {
  private final Offload offload;
  private final MediaWorker worker;
  private final WorkerSession session;

  SessionOffload(Offload offload, MediaWorker worker, WorkerSession session) {
    this.offload = offload;
    this.worker = worker;
    this.session = session;
  }

  @Override
  public <T> void run(Supplier<T> work, Completion<T> done) {
    offload.run(
        work,
        (result, nowNanos) -> worker.guard(session, () -> done.accept(result, nowNanos), nowNanos));
  }
}
