package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StorePatience;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// With the time of the test, and a real cache that takes some of it for each answer.
@Timeout(60)
class TimelyCacheTest {

  private static final SessionId ID = new SessionId("0123456789012345678901");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final CountDownLatch thawed = new CountDownLatch(1);
  private Duration each = Duration.ofMillis(900);
  private volatile boolean frozen;
  private volatile long now;
  private volatile int asked;
  private final SwitchedCache far = new SwitchedCache(CacheKind.SESSIONS);
  private final SessionStore store = new SessionStore(TimelyCache.of(far.view()));

  {
    far.switchTo(slow(caches.sessions()));
  }

  @AfterEach
  void stop() {
    thawed.countDown();
    caches.close();
  }

  /// Never asked by two at a time.
  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> slow(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              asked++;
              if (frozen) {
                thawed.await();
              }
              now += each.toNanos();
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private <T> T inRequest(Supplier<T> request) {
    return StorePatience.within(StorePatience.OF_REQUESTS, () -> now, request);
  }

  private static SessionRecord session(SessionState state) {
    return new SessionRecord(
        ID,
        new StreamName("live"),
        SessionRole.PUBLISHER,
        new NodeId("node-1"),
        state,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  private static Runnable refused(Runnable operation) {
    return () -> assertThatThrownBy(operation::run).isInstanceOf(StoreUnavailableException.class);
  }

  /// Each operation is in time, and all of them together are not.
  @Test
  void asksNothingMoreWhenTheTimeOfARequestIsOver() {
    inRequest(() -> {
      store.add(session(SessionState.OPENING));
      assertThat(store.find(ID)).isEqualTo(session(SessionState.OPENING));
      refused(() -> store.replace(session(SessionState.OPENING), session(SessionState.OPEN))).run();
      refused(() -> store.find(ID)).run();
      return asked;
    });
    assertThat(asked).isEqualTo(2);
    assertThat(caches.sessions().get(ID.value())).isEqualTo(session(SessionState.OPENING));

    // The next one has all of its own.
    assertThat(inRequest(() -> store.find(ID))).isEqualTo(session(SessionState.OPENING));
  }

  @Test
  void countsNothingButTheTimeInOperations() {
    each = Duration.ofMillis(1);
    inRequest(() -> {
      store.add(session(SessionState.OPENING));
      now += Duration.ofSeconds(30).toNanos();
      assertThat(store.find(ID)).isNotNull();
      return asked;
    });
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void waitsNoLongerForAStoreThatDoesNotAnswer() {
    frozen = true;
    StorePatience.within(
        Duration.ofMillis(10),
        System::nanoTime,
        () -> {
          refused(() -> store.find(ID)).run();
          refused(() -> store.find(ID)).run();
          return asked;
        });
    await().until(() -> asked > 0);
    thawed.countDown();
    assertThat(asked).isEqualTo(1);
  }

  /// Such as what heeds the events of nodes: it has time, and nobody who waits.
  @Test
  void hurriesNobodyButRequests() {
    store.add(session(SessionState.OPENING));
    for (int i = 0; i < 10; i++) {
      assertThat(store.find(ID)).isNotNull();
    }
    assertThat(asked).isEqualTo(11);
  }

  @Test
  void doesNotHurryWhatARequestLeavesToOthers() throws Exception {
    Thread left =
        inRequest(() -> {
          refused(
                  () -> {
                    while (true) {
                      store.find(ID);
                    }
                  })
              .run();
          return Thread.startVirtualThread(() -> store.add(session(SessionState.OPENING)));
        });
    left.join();
    assertThat(store.find(ID)).isNotNull();
  }

  @Test
  void failsAsTheStoreDoes() {
    far.switchTo(null);
    inRequest(() -> {
      assertThatThrownBy(() -> store.find(ID))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessage("Infinispan cannot be reached");
      return asked;
    });
    assertThat(asked).isZero();
  }
}
