package io.wishbone.signaling.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jboss.resteasy.reactive.server.jaxrs.SseImpl;
import org.junit.jupiter.api.Test;

/// Readers that read at their own pace.
class EventFeedTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final NodeId OTHER = new NodeId("node-2");

  private StreamState state = StreamState.UNKNOWN;
  private long now;
  private int gone;
  private final SessionRecord session =
      new SessionRecord(
          new SessionId("abcdefghijklmnopqrstuv"),
          new StreamName("studio"),
          SessionRole.SUBSCRIBER,
          NODE,
          SessionState.OPEN,
          "tag",
          new RemoteIce("ufrag", "password"),
          null,
          Instant.EPOCH);
  private final EventFeed feed =
      new EventFeed(
          "stream",
          session,
          new Told(session, EnumSet.allOf(EventKind.class), null),
          () -> state,
          () -> now,
          new SseImpl(),
          _ -> gone++);
  private final Reader reader = new Reader();

  /// Takes what it asked for.
  private static final class Reader implements Flow.Subscriber<OutboundSseEvent> {

    private final List<String> events = new ArrayList<>();
    private boolean complete;
    private boolean failing;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(OutboundSseEvent event) {
      if (failing) {
        throw new IllegalStateException("a reader that fails");
      }
      events.add(event.getName() == null ? comment(event) : event.getName());
    }

    private static String comment(OutboundSseEvent event) {
      String comment = ":" + event.getComment();
      return comment.equals(":goodbye")
          ? comment + ", back in " + event.getReconnectDelay() + " ms"
          : comment;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {
      complete = true;
    }
  }

  private void live(boolean live, int viewers) {
    Set<NodeId> nodes = live ? Set.of(NODE) : Set.of();
    state = new StreamState(true, nodes, nodes, viewers, List.of());
    now += 2_000_000_000L;
    feed.look();
  }

  @Test
  void isSentAwayOnceAndGoesOnUntilThePlayerHasGone() {
    feed.subscribe(reader);
    feed.request(100);
    assertThat(feed.isSentAway()).isFalse();
    feed.sendAway();
    feed.sendAway();
    assertThat(feed.isSentAway()).isTrue();
    live(true, 7);

    assertThat(reader.events).containsExactly(":open", "reconnect", "active", "viewercount");
    assertThat(reader.complete).isFalse();
  }

  @Test
  void isToldToComeBackWhenTheProcessEnds() {
    feed.subscribe(reader);
    feed.request(100);
    live(true, 7);
    feed.leave(250);

    assertThat(reader.events)
        .containsExactly(":open", "active", "viewercount", ":goodbye, back in 250 ms");
    assertThat(reader.complete).isTrue();
    assertThat(gone).isEqualTo(1);
  }

  @Test
  void getsHowThingsAreAndNotAllThatHappened() {
    feed.subscribe(reader);
    feed.request(1);
    for (int i = 0; i < 10_000; i++) {
      live(i % 2 == 0, i);
      feed.keepOpen();
    }
    assertThat(reader.events).containsExactly(":open");

    live(true, 7);
    feed.request(100);

    assertThat(reader.events).containsExactly(":open", "active", "viewercount");
  }

  @Test
  void isToldOfTheEndWhenItReadsOn() {
    feed.subscribe(reader);
    feed.request(2);
    live(true, 1);
    feed.end(true);
    assertThat(reader.complete).isFalse();

    feed.request(10);

    assertThat(reader.events).containsExactly(":open", "active", "viewercount", "reconnect");
    assertThat(reader.complete).isTrue();
    assertThat(gone).isEqualTo(1);
    live(false, 1);
    assertThat(reader.events).hasSize(4);
  }

  @Test
  void isForgottenWhenItFails() {
    feed.subscribe(reader);
    feed.request(10);
    reader.failing = true;
    live(true, 1);
    assertThat(gone).isEqualTo(1);

    reader.failing = false;
    live(false, 1);
    assertThat(reader.events).containsExactly(":open");
    assertThat(gone).isEqualTo(1);
  }

  @Test
  void hearsNothingMoreWhenItHasGone() {
    feed.subscribe(reader);
    feed.request(10);
    feed.cancel();
    live(true, 1);

    assertThat(reader.events).containsExactly(":open");
    assertThat(gone).isEqualTo(1);
  }

  @Test
  void isToldOnAnEdgeWhatItIsToldAtTheOrigin() {
    feed.subscribe(reader);
    feed.request(10);
    state = new StreamState(true, Set.of(OTHER), Set.of(OTHER, NODE), 7, List.of());
    feed.look();
    now += 60_000_000_000L;
    feed.look();
    assertThat(reader.events).containsExactly(":open", "active", "viewercount");
  }

  @Test
  void isAdvisedToReconnectWhenItsNodeDoesNotGetTheStreamForSomeSeconds() {
    feed.subscribe(reader);
    feed.request(10);
    state = new StreamState(true, Set.of(OTHER), Set.of(OTHER), 7, List.of());
    feed.look();
    now += 4_000_000_000L;
    feed.look();
    assertThat(reader.events).containsExactly(":open", "active", "viewercount");

    state = new StreamState(true, Set.of(OTHER), Set.of(OTHER, NODE), 7, List.of());
    feed.look();
    state = new StreamState(true, Set.of(OTHER), Set.of(OTHER), 7, List.of());
    feed.look();
    now += 4_000_000_000L;
    feed.look();
    assertThat(reader.events).hasSize(3);
    now += 1_000_000_000L;
    feed.look();
    assertThat(reader.events).containsExactly(":open", "active", "viewercount", "reconnect");
  }

  @Test
  void isToldNothingOfAStreamOfWhichNothingIsKnown() {
    state = StreamState.UNKNOWN;
    feed.subscribe(reader);
    feed.request(10);
    feed.look();
    assertThat(reader.events).containsExactly(":open");

    live(true, 0);
    state = StreamState.UNKNOWN;
    feed.look();
    assertThat(reader.events).containsExactly(":open", "active", "viewercount", "inactive");
  }
}
