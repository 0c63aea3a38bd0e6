package io.wishbone.signaling.events;

import io.wishbone.store.SessionRecord;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One open connection over which a player reads its events. Sends the next event only when the
/// previous one has left: a player that reads slowly is told less often, and what it misses in
/// between does not pile up. Comments keep the connection open while there is nothing to say.
///
/// Safe for use by many threads; whoever gets here first sends for all.
final class EventFeed implements Flow.Publisher<OutboundSseEvent>, Flow.Subscription {

  private static final Logger LOG = Logger.getLogger(EventFeed.class);
  private static final long RETRY_MILLIS = 2_000;

  private final String id;
  private final SessionRecord session;
  private final Told told;
  private final Supplier<StreamState> state;
  private final LongSupplier clock;
  private final Sse sse;
  private final Consumer<EventFeed> onGone;

  private Flow.@Nullable Subscriber<? super OutboundSseEvent> subscriber;
  private long demand;
  private boolean sending;
  private boolean commentDue = true;
  private boolean opened;
  private boolean ending;
  private long returnMillis = -1;
  private boolean over;

  /// @param id of the event stream
  /// @param onGone called when nobody reads any more
  EventFeed(
      String id,
      SessionRecord session,
      Told told,
      Supplier<StreamState> state,
      LongSupplier clock,
      Sse sse,
      Consumer<EventFeed> onGone) {
    this.id = id;
    this.session = session;
    this.told = told;
    this.state = state;
    this.clock = clock;
    this.sse = sse;
    this.onGone = onGone;
  }

  /// Of the event stream that is read here.
  String id() {
    return id;
  }

  SessionRecord session() {
    return session;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super OutboundSseEvent> reader) {
    synchronized (this) {
      subscriber = reader;
    }
    reader.onSubscribe(this);
    send();
  }

  @Override
  public void request(long count) {
    synchronized (this) {
      demand = count > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + count;
    }
    send();
  }

  /// The connection is gone.
  @Override
  public void cancel() {
    synchronized (this) {
      over = true;
    }
    onGone.accept(this);
  }

  /// Something may have changed.
  void look() {
    send();
  }

  /// Sends a comment when there is nothing else to send.
  void keepOpen() {
    synchronized (this) {
      commentDue = true;
    }
    send();
  }

  /// Whether the player knows that it had better open a new session.
  synchronized boolean isSentAway() {
    return told.isSentAway();
  }

  /// Tells the player to open a new session, and goes on: the present one goes on as well.
  void sendAway() {
    synchronized (this) {
      told.reconnect();
    }
    send();
  }

  /// Ends the connection, not the event stream: the player comes back for the rest, to another
  /// process.
  ///
  /// @param pauseMillis after which it does
  void leave(long pauseMillis) {
    synchronized (this) {
      ending = true;
      returnMillis = pauseMillis;
    }
    send();
  }

  /// Ends the stream of events after what there is still to be told.
  ///
  /// @param reconnect whether the player had better open a new session
  void end(boolean reconnect) {
    synchronized (this) {
      ending = true;
      if (reconnect) {
        told.reconnect();
      }
    }
    send();
  }

  private void send() {
    while (true) {
      OutboundSseEvent next;
      Flow.Subscriber<? super OutboundSseEvent> reader;
      synchronized (this) {
        reader = subscriber;
        if (sending || over || reader == null) {
          return;
        }
        next = demand > 0 ? next() : null;
        if (next == null && !(ending && demand > 0)) {
          return;
        }
        sending = true;
        demand--;
        over = next == null;
      }
      try {
        if (next == null) {
          reader.onComplete();
          onGone.accept(this);
        } else {
          reader.onNext(next);
        }
      } catch (RuntimeException failure) {
        LOG.debugf(failure, "A reader of events takes no more");
        cancel();
      } finally {
        synchronized (this) {
          sending = false;
        }
      }
    }
  }

  private @Nullable OutboundSseEvent next() {
    if (!opened) {
      opened = true;
      commentDue = false;
      return sse.newEventBuilder().comment("open").reconnectDelay(RETRY_MILLIS).build();
    }
    Told.Event event = told.next(state.get(), clock.getAsLong());
    if (event != null) {
      commentDue = false;
      return sse.newEventBuilder()
          .id(event.id())
          .name(event.kind().wireName())
          .data(event.data())
          .build();
    }
    if (returnMillis >= 0) {
      long pause = returnMillis;
      returnMillis = -1;
      return sse.newEventBuilder().comment("goodbye").reconnectDelay(pause).build();
    }
    if (commentDue) {
      commentDue = false;
      return sse.newEventBuilder().comment("").build();
    }
    return null;
  }
}
