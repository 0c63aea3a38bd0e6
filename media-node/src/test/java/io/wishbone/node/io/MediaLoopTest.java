package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaLoopTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  private final Vertx vertx = Vertx.vertx();
  private final MediaLoops loops = new MediaLoops(vertx);

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void saysThatItsWorkerCannotBeMadeAndFreesThePort() throws Exception {
    var bound = new CompletableFuture<InetSocketAddress>();
    var fault = new IllegalArgumentException("no worker today");

    var opened =
        loops.open(
            ANY_PORT,
            SendPath.USUAL,
            (outbox, offload, address, _) -> {
              bound.complete(address);
              throw fault;
            });

    assertThatThrownBy(() -> opened.toCompletableFuture().get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCause(fault);
    // Without epoll, Java frees it in the next turn of the loop.
    await()
        .untilAsserted(() ->
            assertThatCode(() -> new DatagramSocket(bound.join()).close())
                .doesNotThrowAnyException());
  }
}
