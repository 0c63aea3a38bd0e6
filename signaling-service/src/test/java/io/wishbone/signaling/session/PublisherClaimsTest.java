package io.wishbone.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherClaimsTest {

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId NODE = new NodeId("node-1");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SessionStore sessions = new SessionStore(caches.sessions());
  private final StreamStore streams = new StreamStore(caches.streams());
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));

  /// Nodes that this process hears.
  private final Set<NodeId> heard = new HashSet<>();

  /// Sessions whose node says that it does not have them.
  private final Set<SessionId> gone = new HashSet<>();

  /// How long a request waits: no test waits for the end of it unless it says so.
  private Duration goodbye = Duration.ofMinutes(1);

  @BeforeEach
  void start() {
    nodes.put(new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH));
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  @ParameterizedTest
  @EnumSource
  void givesAFreeStreamToWhoeverAsks(PublisherConflict policy) {
    assertThat(publish(policy, 1, null)).isNull();
    assertThat(streams.find(STREAM)).isEqualTo(publisher(1, null));
  }

  @ParameterizedTest(name = "{0}: {1} publishes, {2} comes: taken over {3}")
  @CsvSource({
    "REJECT, alice, alice, false",
    "REJECT, , , false",
    "SAME_SUBJECT, alice, alice, true",
    "SAME_SUBJECT, alice, bob, false",
    "SAME_SUBJECT, alice, , false",
    "SAME_SUBJECT, , alice, false",
    "SAME_SUBJECT, , , false",
    "ALWAYS, alice, bob, true",
    "ALWAYS, , , true"
  })
  void decidesByPolicyWhoKeepsTheStream(
      PublisherConflict policy,
      @Nullable String first,
      @Nullable String second,
      boolean takenOver) {
    publish(policy, 1, first);

    if (takenOver) {
      assertThat(publish(policy, 2, second)).isEqualTo(publisher(1, first));
    } else {
      assertThatThrownBy(() -> publish(policy, 2, second))
          .isInstanceOf(ProblemException.class)
          .hasMessage("stream studio has a publisher already");
    }
    assertThat(streams.find(STREAM)).isEqualTo(publisher(1, first));
  }

  @Test
  void movesTheStreamToItsNextPublisher() {
    publish(PublisherConflict.ALWAYS, 1, null);
    claims(PublisherConflict.ALWAYS).takeOver(publisher(1, null), publisher(2, null));
    assertThat(streams.find(STREAM)).isEqualTo(publisher(2, null));
  }

  @Test
  void movesTheStreamAlsoWhenItsPublisherHasLeftMeanwhile() {
    claims(PublisherConflict.ALWAYS).takeOver(publisher(1, null), publisher(2, null));
    assertThat(streams.find(STREAM)).isEqualTo(publisher(2, null));
  }

  @Test
  void givesTheStreamToTheFasterOneOfTwo() {
    publish(PublisherConflict.ALWAYS, 1, null);
    PublisherClaims claims = claims(PublisherConflict.ALWAYS);
    add(2, SessionState.OPEN);
    claims.takeOver(publisher(1, null), publisher(2, null));
    assertThatThrownBy(() -> claims.takeOver(publisher(1, null), publisher(3, null)))
        .isInstanceOf(ProblemException.class);
    assertThat(streams.find(STREAM)).isEqualTo(publisher(2, null));
  }

  @Test
  void prefersAPublisherThatItsNodeHasAcceptedToOneThatStillAsks() {
    publish(PublisherConflict.ALWAYS, 1, null);
    streams.free(STREAM, id(1));
    add(2, SessionState.OPENING);
    PublisherClaims claims = claims(PublisherConflict.ALWAYS);
    assertThat(claims.claim(publisher(2, null))).isNull();

    claims.takeOver(publisher(1, null), publisher(3, null));

    assertThat(streams.find(STREAM)).isEqualTo(publisher(3, null));
    assertThat(sessions.find(id(2)))
        .isNotNull()
        .extracting(SessionRecord::state)
        .isEqualTo(SessionState.ENDED);
  }

  @Test
  void doesNotHoldAStreamForASessionThatHasEnded() {
    publish(PublisherConflict.REJECT, 1, null);
    sessions.end(id(1));
    assertThat(publish(PublisherConflict.REJECT, 2, null)).isEqualTo(publisher(1, null));
  }

  @Test
  void doesNotHoldAStreamForASessionThatWasNeverOpened() {
    publish(PublisherConflict.REJECT, 1, null);
    sessions.remove(id(1));
    assertThat(publish(PublisherConflict.REJECT, 2, null)).isEqualTo(publisher(1, null));
  }

  @Test
  void doesNotHoldAStreamForANodeThatIsDead() {
    publish(PublisherConflict.REJECT, 1, null);
    caches.nodes().clear();
    assertThat(publish(PublisherConflict.REJECT, 2, null)).isEqualTo(publisher(1, null));
  }

  /// A server of the store has died, and nobody could store that the node is alive.
  @Test
  void holdsAStreamForANodeThatIsHeardThoughItsReportHasLapsed() {
    publish(PublisherConflict.REJECT, 1, null);
    caches.nodes().clear();
    heard.add(NODE);
    assertThatThrownBy(() -> publish(PublisherConflict.REJECT, 2, null))
        .isInstanceOf(ProblemException.class);
    assertThat(claims(PublisherConflict.REJECT).publisher(STREAM)).isEqualTo(publisher(1, null));
  }

  /// A store that was split has brought it back, or its end is not heard of yet.
  @Test
  void doesNotHoldAStreamForAPublisherThatItsNodeDoesNotKnow() {
    publish(PublisherConflict.REJECT, 1, null);
    gone.add(id(1));
    assertThat(publish(PublisherConflict.REJECT, 2, null)).isEqualTo(publisher(1, null));
    claims(PublisherConflict.REJECT).takeOver(publisher(1, null), publisher(2, null));
    assertThat(streams.find(STREAM)).isEqualTo(publisher(2, null));
  }

  /// Its node has not heard of it yet.
  @Test
  void holdsAStreamForAPublisherThatIsBeingOpened() {
    add(1, SessionState.OPENING);
    assertThat(claims(PublisherConflict.REJECT).claim(publisher(1, null))).isNull();
    gone.add(id(1));
    assertThatThrownBy(() -> publish(PublisherConflict.REJECT, 2, null))
        .isInstanceOf(ProblemException.class);
    assertThat(streams.find(STREAM)).isEqualTo(publisher(1, null));
  }

  @Test
  void waitsForTheEndOfAPublisherWhoseNodeSaysGoodbye() throws Exception {
    publish(PublisherConflict.REJECT, 1, null);
    drain();
    var claimed =
        CompletableFuture.supplyAsync(
            () -> Optional.ofNullable(publish(PublisherConflict.REJECT, 2, null)));
    assertThatThrownBy(() -> claimed.get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    streams.free(STREAM, id(1));
    sessions.end(id(1));
    assertThat(claimed.get(20, TimeUnit.SECONDS)).isEmpty();
    assertThat(streams.find(STREAM)).isEqualTo(publisher(2, null));
  }

  @Test
  void doesNotWaitForOneWhoStaysWhileTheNodeDrains() {
    publish(PublisherConflict.REJECT, 1, null);
    drain();
    goodbye = Duration.ofMillis(50);
    assertThatThrownBy(() -> publish(PublisherConflict.REJECT, 2, null))
        .isInstanceOf(ProblemException.class)
        .hasMessage("stream studio has a publisher already");
    assertThat(streams.find(STREAM)).isEqualTo(publisher(1, null));
  }

  private void drain() {
    nodes.put(new NodeRecord(NODE, "", "", 0, 0, 0, true, Instant.EPOCH));
  }

  /// Opens a session and lets it claim the stream.
  private @Nullable StreamRecord publish(
      PublisherConflict policy, int number, @Nullable String subject) {
    add(number, SessionState.OPEN);
    return claims(policy).claim(publisher(number, subject));
  }

  private void add(int number, SessionState state) {
    sessions.add(
        new SessionRecord(
            id(number),
            STREAM,
            SessionRole.PUBLISHER,
            NODE,
            state,
            "tag",
            new RemoteIce("ufrag", "password"),
            null,
            Instant.EPOCH));
  }

  private PublisherClaims claims(PublisherConflict policy) {
    return new PublisherClaims(
        streams,
        sessions,
        nodes,
        heard::contains,
        each -> gone.contains(each.id()),
        policy,
        goodbye);
  }

  private static StreamRecord publisher(int number, @Nullable String subject) {
    return new StreamRecord(STREAM, id(number), NODE, subject, Instant.EPOCH);
  }

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }
}
