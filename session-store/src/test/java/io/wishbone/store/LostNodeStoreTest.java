package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class LostNodeStoreTest {

  private static final NodeId NODE = new NodeId("node-1");

  private final Caches caches;
  private final LostNodeStore store;

  public LostNodeStoreTest() {
    caches = emptyCaches();
    store = new LostNodeStore(caches.lostNodes());
  }

  /// Embedded ones, which are closed after the test; others that somebody else closes.
  protected Caches emptyCaches() {
    return new EmbeddedCaches();
  }

  @AfterEach
  void stop() {
    if (caches instanceof EmbeddedCaches own) {
      own.close();
    }
  }

  @Test
  void givesANodeToOneProcessThatMayAskAgain() {
    assertThat(store.claim(NODE, "first")).isTrue();
    assertThat(store.claim(NODE, "second")).isFalse();
    assertThat(store.claim(NODE, "first")).isTrue();
    assertThat(store.claim(new NodeId("node-2"), "second")).isTrue();
  }

  @Test
  void givesItToOneOfManyThatComeAtTheSameTime() throws Exception {
    List<Callable<Boolean>> claims = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String who = "process-" + i;
      claims.add(() -> store.claim(NODE, who));
    }
    int given = 0;
    try (var threads = Executors.newFixedThreadPool(claims.size())) {
      for (Future<Boolean> claim : threads.invokeAll(claims)) {
        given += claim.get() ? 1 : 0;
      }
    }
    assertThat(given).isEqualTo(1);
  }
}
