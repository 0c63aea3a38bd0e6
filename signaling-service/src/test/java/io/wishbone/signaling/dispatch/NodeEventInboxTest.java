package io.wishbone.signaling.dispatch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.CloseReason;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.Remembered;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import io.wishbone.store.UnreadableEntryException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes back to the carrier, to come again, holds up all that comes behind it on its
/// partition: only what another time may help.
class NodeEventInboxTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final SessionId GOOD = new SessionId("%022d".formatted(1));
  private static final SessionId POISON = new SessionId("%022d".formatted(2));

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SessionStore sessions = new SessionStore(poisoned(caches.sessions()));
  private final StreamStore streams = new StreamStore(caches.streams());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Function<NodeEvent, CompletionStage<?>> handler = _ -> new CompletableFuture<>();
  private boolean away;

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> poisoned(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              if (away) {
                throw new StoreUnavailableException("is away", null);
              }
              if (method.getName().equals("get") && arguments[0].equals(POISON.value())) {
                throw new UnreadableEntryException("cannot be read");
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private final class Events implements NodeEvents {
    @Override
    public void subscribe(Function<NodeEvent, CompletionStage<?>> subscriber) {
      handler = subscriber;
    }

    @Override
    public void watch(Consumer<NodeEvent> watcher) {}
  }

  @BeforeEach
  @SuppressWarnings("NullAway") // No edge reports here.
  void start() {
    sessions.add(session(GOOD));
    for (SessionId id : List.of(GOOD, POISON)) {
      streams.claim(new StreamRecord(stream(id), id, NODE, null, Instant.EPOCH));
    }
    var metrics = new SignalingMetrics(registry);
    var dispatcher = new Dispatcher(new InProcessCarrier(), _ -> false, metrics, Traces.none());
    new NodeEventInbox(
            new Events(),
            new EndedSessions(sessions, streams, new EventStreamStore(caches.eventStreams())),
            new AliveSessions(
                sessions,
                new Restoration(Remembered.NOTHING, sessions, streams, () -> false),
                new LivePublishers(sessions, streams, new SessionsAtNodes(dispatcher), dispatcher),
                dispatcher),
            null,
            metrics)
        .start();
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  private static StreamName stream(SessionId id) {
    return new StreamName("stream-" + id.value());
  }

  private static SessionRecord session(SessionId id) {
    return new SessionRecord(
        id,
        stream(id),
        SessionRole.PUBLISHER,
        NODE,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  private static SessionEnded ended(SessionId id) {
    return new SessionEnded(id, stream(id), SessionRole.PUBLISHER, CloseReason.SILENT, "");
  }

  /// How many events were taken in.
  private double heard() {
    return registry.find("wishbone.node.events").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void goesOnBehindASessionThatCannotBeRead() throws Exception {
    handler.apply(ended(POISON)).toCompletableFuture().get(5, SECONDS);
    handler
        .apply(new SessionsAlive(NODE, List.of(POISON, GOOD)))
        .toCompletableFuture()
        .get(5, SECONDS);
    handler.apply(ended(GOOD)).toCompletableFuture().get(5, SECONDS);

    assertThat(streams.find(stream(POISON))).isNull();
    assertThat(sessions.find(GOOD)).isEqualTo(session(GOOD).withState(SessionState.ENDED));
    assertThat(heard()).isEqualTo(3);
  }

  @Test
  void handsBackWhatComesWhileTheStoreIsAway() throws Exception {
    away = true;
    CompletableFuture<?> first = handler.apply(ended(GOOD)).toCompletableFuture();
    assertThatThrownBy(() -> first.get(5, SECONDS))
        .hasCauseInstanceOf(StoreUnavailableException.class);
    assertThat(heard()).isZero();

    away = false;
    handler.apply(ended(GOOD)).toCompletableFuture().get(5, SECONDS);
    assertThat(heard()).isEqualTo(1);
  }
}
