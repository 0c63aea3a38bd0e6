package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server of the store that dies with its answer on the way: the client writes once more, at
/// another server, and hears what became of the second time only.
class RepeatedWritesTest {

  private static final Instant NOW = Instant.EPOCH;

  private final EmbeddedCaches caches = new EmbeddedCaches();

  @AfterEach
  void stop() {
    caches.close();
  }

  private static SessionRecord publisher(char name) {
    return new SessionRecord(
        new SessionId(String.valueOf(name).repeat(22)),
        new StreamName("studio"),
        SessionRole.PUBLISHER,
        new NodeId("node"),
        SessionState.OPENING,
        "tag-" + name,
        new RemoteIce("ufrag", "password of the client"),
        null,
        null,
        null,
        null,
        NOW);
  }

  @Test
  void aSessionIsOpenedAndEnded() {
    var store = new SessionStore(RepeatedWrites.of(caches.sessions()));
    SessionRecord opening = publisher('a');
    SessionRecord open = opening.withState(SessionState.OPEN);
    store.add(opening);
    assertThat(store.replace(opening, open)).isTrue();
    assertThat(store.end(open.id())).as("to be closed when its node names it").isNull();
    assertThat(store.find(open.id())).isEqualTo(open.withState(SessionState.ENDED));
  }

  @Test
  void aSessionThatWasChangedByAnotherStaysSo() {
    var store = new SessionStore(RepeatedWrites.of(caches.sessions()));
    SessionRecord opening = publisher('a');
    store.add(opening);
    new SessionStore(caches.sessions()).end(opening.id());
    assertThat(store.replace(opening, opening.withState(SessionState.OPEN))).isFalse();
  }

  @Test
  void aStreamIsClaimedTakenOverAndFreed() {
    var store = new StreamStore(RepeatedWrites.of(caches.streams()));
    StreamRecord first = StreamRecord.of(publisher('a'));
    StreamRecord second = StreamRecord.of(publisher('b'));
    assertThat(store.claim(first)).isNull();
    assertThat(store.claim(second)).isEqualTo(first);
    assertThat(store.replace(first, second)).isTrue();
    assertThat(store.replace(first, StreamRecord.of(publisher('c')))).isFalse();
    store.free(publisher('b'));
    assertThat(store.find(second.stream())).isNull();
  }

  @Test
  void edgesComeChangeAndGo() {
    var store = new EdgeStore(RepeatedWrites.of(caches.edges()));
    var stream = new StreamName("studio");
    var none = EdgesRecord.none(stream);
    var one = new EdgesRecord(stream, List.of(edge("a")), 1);
    var two = new EdgesRecord(stream, List.of(edge("a"), edge("b")), 2);
    assertThat(store.replace(none, one)).isTrue();
    assertThat(store.replace(none, two)).as("edges that were not seen").isFalse();
    assertThat(store.replace(one, two)).isTrue();
    var same = new EdgesRecord(stream, two.edges(), 3);
    assertThat(store.replace(one, same)).as("another one had the same idea").isFalse();
    assertThat(store.replace(two, none)).isTrue();
    assertThat(store.find(stream)).isEqualTo(none);
  }

  private static Edge edge(String name) {
    return new Edge(new NodeId(name), new NodeId("origin"), NOW);
  }

  @Test
  void anEventStreamIsAddedOnceAndRemoved() {
    var store =
        new EventStreamStore(RepeatedWrites.of(caches.eventStreams()), Duration.ofMinutes(5));
    SessionId session = publisher('a').id();
    for (int i = 0; i < EventStreamStore.MAX_STREAMS; i++) {
      assertThat(store.add(session, named(i), _ -> true)).isTrue();
    }
    assertThat(store.add(session, named(9), _ -> true)).as("too many").isFalse();
    for (int i = 0; i < EventStreamStore.MAX_STREAMS; i++) {
      assertThat(store.remove(session, named(i).id())).isTrue();
      assertThat(store.remove(session, named(i).id())).isFalse();
    }
  }

  private static EventStreamRecord named(int number) {
    return new EventStreamRecord("stream-" + number, List.of("active"));
  }

  @Test
  void oneLooksAfterALostNode() {
    var store = new LostNodeStore(RepeatedWrites.of(caches.lostNodes()));
    assertThat(store.claim(new NodeId("node"), "one")).isTrue();
    assertThat(store.claim(new NodeId("node"), "other")).isFalse();
  }
}
