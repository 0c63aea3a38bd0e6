package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualThreadOffloadTest {
  private final Semaphore permits = new Semaphore(1);
  private final AtomicInteger backlog = new AtomicInteger();
  private final VirtualThreadOffload offload =
      new VirtualThreadOffload(Runnable::run, () -> 7, permits, backlog);

  @Test
  void completesWithTheResultAndTheTimeOfTheLoop() throws Exception {
    var completed = new CompletableFuture<String>();

    offload.run(() -> "done", (result, nowNanos) -> completed.complete(result + nowNanos));

    assertThat(completed.get(20, TimeUnit.SECONDS)).isEqualTo("done7");
  }

  @Test
  void countsAStepThatThrowsAndRunsTheNext() throws Exception {
    var completed = new CompletableFuture<String>();

    offload.run(
        () -> {
          throw new IllegalStateException("a fault of ours");
        },
        (result, nowNanos) -> completed.complete("not this one"));
    await().until(() -> offload.failures() == 1 && backlog.get() == 0);
    offload.run(() -> "next", (result, nowNanos) -> completed.complete(result));

    assertThat(completed.get(20, TimeUnit.SECONDS)).isEqualTo("next");
    await().until(() -> permits.availablePermits() == 1);
  }
}
