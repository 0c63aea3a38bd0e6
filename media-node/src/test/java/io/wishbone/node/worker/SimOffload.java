package io.wishbone.node.worker;

import io.wishbone.webrtc.transport.Offload;
import java.util.function.Supplier;

/// An offload that can break down, as an executor that was shut down.
final class SimOffload implements Offload {
  private final Offload offload;
  private boolean broken;

  SimOffload(Offload offload) {
    this.offload = offload;
  }

  void breakDown() {
    broken = true;
  }

  @Override
  public <T> void run(Supplier<T> work, Completion<T> done) {
    if (broken) {
      throw new IllegalStateException("no more work is taken");
    }
    offload.run(work, done);
  }
}
