package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With the time of the test, and a real cache behind the switch.
class NearCopyTest {

  private static final NodeId FIRST = new NodeId("first");
  private static final NodeId SECOND = new NodeId("second");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final AtomicInteger scans = new AtomicInteger();
  private final SwitchedCache far = new SwitchedCache(CacheKind.NODES);
  private long now;
  private final NodeStore here =
      new NodeStore(new NearCopy<NodeRecord>(far.view(), () -> now).view(), Duration.ofMinutes(1));
  private final NodeStore elsewhere = new NodeStore(caches.nodes(), Duration.ofMinutes(1));

  {
    far.switchTo(counted(caches.nodes()));
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> counted(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              scans.addAndGet(method.getName().equals("entrySet") ? 1 : 0);
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static NodeRecord node(NodeId id, int publishers) {
    return new NodeRecord(id, "", "", publishers, 0, 0, false, Instant.EPOCH);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void readsAllAtOnceAndNoMoreOftenThanItHasTo() {
    elsewhere.put(node(FIRST, 1));
    elsewhere.put(node(SECOND, 1));
    for (int i = 0; i < 100; i++) {
      assertThat(here.all()).hasSize(2);
      assertThat(here.isAlive(FIRST)).isTrue();
    }
    assertThat(scans).hasValue(1);
    pass(NearCopy.FRESH);
    assertThat(here.all()).hasSize(2);
    assertThat(scans).hasValue(2);
  }

  @Test
  void seesAtOnceWhatIsWrittenHere() {
    here.put(node(FIRST, 1));
    assertThat(here.find(FIRST)).isEqualTo(node(FIRST, 1));
    here.put(node(FIRST, 2));
    here.put(node(SECOND, 1));
    assertThat(here.find(FIRST)).isEqualTo(node(FIRST, 2));
    assertThat(here.all()).containsExactlyInAnyOrder(node(FIRST, 2), node(SECOND, 1));
    assertThat(elsewhere.find(FIRST)).isEqualTo(node(FIRST, 2));
  }

  @Test
  void seesWhatIsWrittenElsewhereAQuarterOfASecondLater() {
    here.put(node(FIRST, 1));
    assertThat(here.find(SECOND)).isNull();
    elsewhere.put(node(FIRST, 2));
    elsewhere.put(node(SECOND, 1));
    pass(NearCopy.FRESH.minusMillis(1));
    assertThat(here.all()).containsExactly(node(FIRST, 1));
    pass(Duration.ofMillis(1));
    assertThat(here.all()).containsExactlyInAnyOrder(node(FIRST, 2), node(SECOND, 1));
  }

  /// A near cache of Hot Rod would show it until the server sweeps it.
  @Test
  void missesANodeWhoseLifespanIsOverAQuarterOfASecondLater() {
    here.put(node(FIRST, 1));
    assertThat(here.isAlive(FIRST)).isTrue();
    // That is what a lifespan that is over looks like from here.
    caches.nodes().remove(FIRST.value());
    pass(NearCopy.FRESH);
    assertThat(here.isAlive(FIRST)).isFalse();
    assertThat(here.all()).isEmpty();
  }

  @Test
  void saysNothingOldWhileTheStoreIsAway() {
    here.put(node(FIRST, 1));
    assertThat(here.isAlive(FIRST)).isTrue();
    far.switchTo(null);
    // What is fresh it may say.
    assertThat(here.isAlive(FIRST)).isTrue();
    pass(NearCopy.FRESH);
    assertThatThrownBy(here::all).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> here.isAlive(FIRST)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> here.put(node(SECOND, 1)))
        .isInstanceOf(StoreUnavailableException.class);

    far.switchTo(caches.nodes());
    assertThat(here.all()).containsExactly(node(FIRST, 1));
  }
}
