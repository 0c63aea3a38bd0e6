package io.wishbone.app.program;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/// What the program does when it is told to end. SIGTERM, which service managers send, may be
/// followed by a while in which clients are asked to go elsewhere; a second one, and Ctrl-C at any
/// time, end it at once. However long it takes, a program that was told to end by SIGTERM has done
/// what it was told: its exit code is 0.
///
/// Nothing else of the platform tells the two signals apart, or lets a program go on after one.
public final class EndSignals {

  private EndSignals() {}

  /// @param leave called once, on a thread of its own; sees to it that the program ends some time
  public static void onTerminate(Runnable leave) {
    var isLeaving = new AtomicBoolean();
    Signal.handle(
        new Signal("TERM"),
        _ -> {
          if (isLeaving.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("leaving").start(leave);
          } else {
            Quarkus.asyncExit(0);
          }
        });
  }
}
