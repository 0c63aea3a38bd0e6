package io.wishbone.signaling.events;

import io.wishbone.store.SessionRecord;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a player has been told in one event stream, and from that what comes next. Nothing is
/// queued: what matters is how things are now, and what the player believes. However slowly it
/// reads, this takes the same memory.
///
/// The id of an event is what the player believes of the publication after it, `active` or
/// `inactive`. A player that comes back with it as `Last-Event-ID` is told at once what has become
/// of that.
///
/// Not safe for use by many threads: [EventFeed] sees to that.
final class Told {

  private static final long COUNT_INTERVAL_NANOS = 1_000_000_000L;

  /// Longer than it takes a node to get a stream from another one, failures included; far less than
  /// viewers wait for a publisher.
  private static final long RELAY_PATIENCE_NANOS = 5_000_000_000L;

  private static final String NOTHING = "{}";

  private final SessionRecord session;
  private final Set<EventKind> wished;
  private boolean seen;
  private boolean live;
  private boolean liveIsTold;
  private @Nullable String layers;
  private int viewers = -1;
  private long viewersNanos;
  private boolean elsewhere;
  private long elsewhereNanos;
  private boolean reconnect;
  private boolean reconnectIsTold;

  /// @param lastEventId from an earlier connection of the same player, null without
  Told(SessionRecord session, Set<EventKind> wished, @Nullable String lastEventId) {
    this.session = session;
    this.wished = wished;
    this.live = EventKind.ACTIVE.wireName().equals(lastEventId);
    this.liveIsTold = live;
  }

  /// An event that is to be sent.
  ///
  /// @param id what a player comes back with
  /// @param data a JSON object on one line
  record Event(EventKind kind, String id, String data) {}

  /// The player is to open a new session.
  void reconnect() {
    reconnect = true;
  }

  /// Whether the player is to open a new session, or was told so.
  boolean isSentAway() {
    return reconnect;
  }

  /// What the player is to be told now, null for nothing. It counts as told.
  @Nullable Event next(StreamState state, long nowNanos) {
    seen |= state.known();
    if (!seen) {
      return advice();
    }
    reconnect |= staysElsewhere(state, nowNanos);
    if (live != state.live() || !liveIsTold) {
      Event event = publication(state);
      if (event != null) {
        return event;
      }
    }
    Integer section = session.videoSection();
    if (state.live() && section != null && wished.contains(EventKind.LAYERS)) {
      String now = LayersData.of(section, state.layers());
      if (!now.equals(layers)) {
        layers = now;
        return event(EventKind.LAYERS, now);
      }
    }
    if (isCountDue(state, nowNanos)) {
      viewers = state.viewers();
      viewersNanos = nowNanos;
      return event(EventKind.VIEWERCOUNT, "{\"viewercount\":" + viewers + "}");
    }
    return advice();
  }

  private @Nullable Event advice() {
    if (!reconnect || reconnectIsTold || !wished.contains(EventKind.RECONNECT)) {
      return null;
    }
    reconnectIsTold = true;
    return event(EventKind.RECONNECT, NOTHING);
  }

  /// The publisher is at another node, and this one does not get the stream from there, although it
  /// was given time to.
  private boolean staysElsewhere(StreamState state, long nowNanos) {
    if (!state.live() || state.carriers().contains(session.node())) {
      elsewhere = false;
      return false;
    }
    if (!elsewhere) {
      elsewhere = true;
      elsewhereNanos = nowNanos;
    }
    return nowNanos - elsewhereNanos >= RELAY_PATIENCE_NANOS;
  }

  /// That the stream is not published is news only for who believes that it is.
  private @Nullable Event publication(StreamState state) {
    boolean isNews = state.live() || liveIsTold && live;
    live = state.live();
    liveIsTold = true;
    layers = live ? layers : null;
    EventKind kind = live ? EventKind.ACTIVE : EventKind.INACTIVE;
    return isNews && wished.contains(kind) ? event(kind, NOTHING) : null;
  }

  private boolean isCountDue(StreamState state, long nowNanos) {
    return wished.contains(EventKind.VIEWERCOUNT)
        && viewers != state.viewers()
        && (viewers < 0 || nowNanos - viewersNanos >= COUNT_INTERVAL_NANOS);
  }

  private Event event(EventKind kind, String data) {
    EventKind believed = live ? EventKind.ACTIVE : EventKind.INACTIVE;
    return new Event(kind, believed.wireName(), data);
  }
}
