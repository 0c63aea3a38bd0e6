package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StorePatience;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// With the time of the test, and a real cache behind the switch.
@Timeout(60)
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

  /// Reads of it begin, and end when the test lets them.
  private static final class Gate {
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile boolean reached;

    void open() {
      open.countDown();
    }

    void fail() {
      fails = true;
      open();
    }

    @SuppressWarnings("unchecked")
    <V> BasicCache<String, V> before(BasicCache<String, V> cache) {
      return (BasicCache<String, V>)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {BasicCache.class},
              (_, method, arguments) ->
                  method.getName().equals("entrySet")
                      ? read(cache)
                      : method.invoke(cache, arguments));
    }

    private <V> Set<Map.Entry<String, V>> read(BasicCache<String, V> cache)
        throws InterruptedException {
      Set<Map.Entry<String, V>> read = Set.copyOf(cache.entrySet());
      reached = true;
      open.await();
      if (fails) {
        throw new IllegalStateException("the test says so");
      }
      return read;
    }
  }

  private Gate closeGate() {
    var gate = new Gate();
    far.switchTo(counted(gate.before(caches.nodes())));
    return gate;
  }

  /// Somebody who looks at the nodes, and waits.
  private FutureTask<List<NodeRecord>> reader() {
    var reader = new FutureTask<>(here::all);
    Thread thread = Thread.ofPlatform().daemon().start(reader);
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return reader;
  }

  /// One after the other they would wait as often as there are others before them.
  @Test
  void asksOnceForAllWhoWaitAndFailsForAllOfThem() {
    Gate gate = closeGate();
    List<FutureTask<List<NodeRecord>>> readers = List.of(reader(), reader(), reader());
    gate.fail();
    for (FutureTask<List<NodeRecord>> each : readers) {
      assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(StoreUnavailableException.class);
    }
    assertThat(scans).hasValue(1);

    // Whoever comes then asks again.
    assertThatThrownBy(here::all).isInstanceOf(StoreUnavailableException.class);
    assertThat(scans).hasValue(2);
    far.switchTo(caches.nodes());
    assertThat(here.all()).isEmpty();
  }

  @Test
  void seesWhatIsWrittenHereWhileItIsRead() throws Exception {
    elsewhere.put(node(FIRST, 1));
    Gate gate = closeGate();
    List<FutureTask<List<NodeRecord>>> readers = List.of(reader(), reader());
    await().until(() -> gate.reached);
    // Whoever writes waits for no reader.
    var writer = new FutureTask<>(() -> here.put(node(SECOND, 1)), null);
    Thread.ofPlatform().daemon().start(writer);
    writer.get(10, TimeUnit.SECONDS);
    gate.open();
    for (FutureTask<List<NodeRecord>> each : readers) {
      assertThat(each.get(10, TimeUnit.SECONDS))
          .containsExactlyInAnyOrder(node(FIRST, 1), node(SECOND, 1));
    }
    assertThat(scans).hasValue(1);
  }

  /// Of two who wait for the same, one may be in a hurry.
  @Test
  void waitsNoLongerThanEachMay() throws Exception {
    elsewhere.put(node(FIRST, 1));
    Gate gate = closeGate();
    assertThatThrownBy(
            () -> StorePatience.within(Duration.ofMillis(10), System::nanoTime, here::all))
        .isInstanceOf(StoreUnavailableException.class);
    FutureTask<List<NodeRecord>> patient = reader();
    gate.open();
    assertThat(patient.get(10, TimeUnit.SECONDS)).containsExactly(node(FIRST, 1));
    assertThat(scans).hasValue(1);
  }
}
