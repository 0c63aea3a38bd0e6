package io.wishbone.signaling.events;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The event streams that are being read in this process.
///
/// Threads: what nodes report comes on the thread that takes node events in. A virtual thread of
/// its own keeps connections open, and looks now and then whether their sessions are still there.
@Singleton
public final class OpenFeeds {

  private static final Logger LOG = Logger.getLogger(OpenFeeds.class);

  /// Below every idle timeout on the way, and twice in our own one of 5 seconds.
  private static final Duration COMMENT_INTERVAL = Duration.ofSeconds(2);

  /// Players that are sent away at the same time, and come back at another node at the same time.
  static final int SENT_AWAY_AT_ONCE = 20;

  /// All of many are sent away in not much more than so many steps.
  private static final int STEPS = 20;

  /// Players that are to come back to another process do so within this time.
  private static final long RETURN_MILLIS = 1_000;

  /// Event streams are stored for ten minutes after the last look.
  private static final int TICKS_BETWEEN_LOOKS = 30;

  private final StreamStatuses statuses;
  private final SessionStore sessions;
  private final EventStreamStore eventStreams;
  private final Map<SessionId, Map<EventFeed, StreamStatuses.Subscription>> feeds =
      new ConcurrentHashMap<>();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private @Nullable Thread thread;

  public OpenFeeds(StreamStatuses statuses, SessionStore sessions, EventStreamStore eventStreams) {
    this.statuses = statuses;
    this.sessions = sessions;
    this.eventStreams = eventStreams;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("event-feeds").start(this::run);
  }

  @PreDestroy
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// How many are read now.
  public int size() {
    return feeds.values().stream().mapToInt(Map::size).sum();
  }

  /// Whether somebody reads the event stream in this process.
  public boolean isRead(SessionId session, String eventStream) {
    return of(session).stream().anyMatch(feed -> feed.id().equals(eventStream));
  }

  /// Begins to tell a player its events. Whoever read the same event stream before is dismissed:
  /// the player has come back, and the server did not notice that it was away.
  ///
  /// @param lastId of the last event that the player has seen, null without
  public Flow.Publisher<OutboundSseEvent> open(
      SessionRecord session,
      String eventStream,
      Set<EventKind> wished,
      @Nullable String lastId,
      Sse sse) {
    var feed =
        new EventFeed(
            eventStream,
            session,
            new Told(session, wished, lastId),
            () -> statuses.find(session.stream()),
            System::nanoTime,
            sse,
            this::forget);
    close(session.id(), eventStream);
    StreamStatuses.Subscription subscription = statuses.subscribe(session.stream(), feed::look);
    feeds.compute(
        session.id(),
        (_, present) -> {
          Map<EventFeed, StreamStatuses.Subscription> all =
              present == null ? new ConcurrentHashMap<>() : present;
          all.put(feed, subscription);
          return all;
        });
    return feed;
  }

  private void forget(EventFeed over) {
    feeds.computeIfPresent(
        over.session().id(),
        (_, present) -> {
          StreamStatuses.Subscription subscription = present.remove(over);
          if (subscription != null) {
            subscription.close();
          }
          return present.isEmpty() ? null : present;
        });
  }

  private Set<EventFeed> of(SessionId session) {
    Map<EventFeed, StreamStatuses.Subscription> present = feeds.get(session);
    return present == null ? Set.of() : Set.copyOf(present.keySet());
  }

  /// A session has ended: so does whoever reads its event streams here.
  public void end(SessionEnded ended) {
    end(ended.sessionId(), isWorthAnotherTry(ended.reason()));
  }

  /// A node is gone, and nobody else will say so: its players had better open new sessions.
  public void lost(NodeId node) {
    statuses.forget(node);
    for (SessionId session : Set.copyOf(feeds.keySet())) {
      for (EventFeed feed : of(session)) {
        if (feed.session().node().equals(node)) {
          feed.end(true);
        }
      }
    }
  }

  /// Tells some more of the players at a node that they had better open new sessions, elsewhere.
  /// Their sessions go on until they do.
  public void sendAway(NodeId node) {
    List<EventFeed> there =
        feeds.keySet().stream()
            .flatMap(session -> of(session).stream())
            .filter(feed -> feed.session().node().equals(node) && !feed.isSentAway())
            .toList();
    there.stream()
        .limit(Math.max(SENT_AWAY_AT_ONCE, there.size() / STEPS))
        .forEach(EventFeed::sendAway);
  }

  /// Tells the player of a session that it had better open a new one. The present one goes on.
  public void sendAway(SessionId session) {
    of(session).forEach(EventFeed::sendAway);
  }

  /// This process ends: whoever reads here goes on reading elsewhere.
  public void leave() {
    for (SessionId session : Set.copyOf(feeds.keySet())) {
      for (EventFeed feed : of(session)) {
        feed.leave(random.nextLong(RETURN_MILLIS));
      }
    }
  }

  /// An event stream is not wanted any more.
  public void close(SessionId session, String eventStream) {
    for (EventFeed feed : of(session)) {
      if (feed.id().equals(eventStream)) {
        feed.end(false);
      }
    }
  }

  private void end(SessionId session, boolean reconnect) {
    for (EventFeed feed : of(session)) {
      feed.end(reconnect);
    }
  }

  /// Whether the same player could have the stream in a new session, and was not sent away.
  private static boolean isWorthAnotherTry(CloseReason reason) {
    return switch (reason) {
      case CODECS_CHANGED, NODE_STOPPING, NODE_LOST, INTERNAL -> true;
      case CLIENT_DELETED,
          CLIENT_CLOSED,
          SILENT,
          NEVER_CONNECTED,
          DTLS_FAILED,
          REPLACED,
          PUBLISHER_GONE,
          LIFETIME_OVER,
          OPERATOR,
          ABANDONED ->
          false;
    };
  }

  private void run() {
    try {
      for (int tick = 1; true; tick++) {
        Thread.sleep(COMMENT_INTERVAL);
        tick(tick % TICKS_BETWEEN_LOOKS == 0);
      }
    } catch (InterruptedException _) {
      LOG.debug("Event streams are not kept open any more");
    }
  }

  private void tick(boolean look) {
    try {
      statuses.forgetOld();
      for (SessionId session : Set.copyOf(feeds.keySet())) {
        of(session).forEach(feed -> lookAfter(feed, look));
      }
    } catch (RuntimeException | Error failure) {
      LOG.errorf(failure, "Event streams are looked after again later");
    }
  }

  private void lookAfter(EventFeed feed, boolean look) {
    try {
      feed.keepOpen();
      if (look) {
        look(feed);
      }
    } catch (RuntimeException | Error failure) {
      LOG.errorf(failure, "An event stream was not looked after");
    }
  }

  /// Of a session whose node died nobody says that it has ended.
  private void look(EventFeed feed) {
    SessionId id = feed.session().id();
    SessionRecord session = sessions.find(id);
    if (session == null || session.state() == SessionState.ENDED) {
      feed.end(false);
    } else {
      eventStreams.renew(id);
    }
  }
}
