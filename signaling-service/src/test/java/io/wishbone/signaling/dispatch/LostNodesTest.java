package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With the time of the test, and real stores on the heap.
class LostNodesTest {

  private static final NodeId ALIVE = new NodeId("alive");
  private static final NodeId DEAD = new NodeId("dead");
  private static final Duration STEP = Duration.ofMillis(500);

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));
  private final LostNodeStore claims = new LostNodeStore(caches.lostNodes());
  private final List<NodeEvent> published = new ArrayList<>();
  private long now;

  /// Called before every look at all sessions.
  private Runnable beforeScan = () -> {};

  private LostNodes process = process();

  private LostNodes process() {
    return new LostNodes(
        new SessionStore(watched(caches.sessions())), nodes, claims, published::add, () -> now);
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> watched(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              if (method.getName().equals("values")) {
                beforeScan.run();
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @BeforeEach
  void open() {
    new SessionStore(caches.sessions()).add(session(1, DEAD, SessionState.OPEN));
    new SessionStore(caches.sessions()).add(session(2, ALIVE, SessionState.OPEN));
    new SessionStore(caches.sessions()).add(session(3, DEAD, SessionState.ENDED));
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  private static SessionRecord session(int number, NodeId node, SessionState state) {
    return new SessionRecord(
        new SessionId("%022d".formatted(number)),
        new StreamName("stream"),
        SessionRole.PUBLISHER,
        node,
        state,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  private static SessionEnded ended(int number) {
    return new SessionEnded(
        new SessionId("%022d".formatted(number)),
        new StreamName("stream"),
        SessionRole.PUBLISHER,
        CloseReason.NODE_LOST,
        "its node is not heard of any more");
  }

  private void pass(int seconds, NodeId... speaking) {
    for (int i = 0; i < 2 * seconds; i++) {
      now += STEP.toNanos();
      for (NodeId node : speaking) {
        process.heard(node);
      }
      process.look();
    }
  }

  @Test
  void endsTheSessionsOfANodeThatFellSilent() {
    pass(20, ALIVE, DEAD);
    pass(5, ALIVE);
    assertThat(published).isEmpty();
    pass(60, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }

  /// Nobody is there to show that the way is open, until another node is.
  @Test
  void endsTheSessionsOfAllNodesThatDiedOnceAnotherTakesTheirPlace() {
    pass(20, ALIVE, DEAD);
    pass(60);
    assertThat(published).isEmpty();
    var replacement = new NodeId("replacement");
    pass(11, replacement);
    assertThat(published).isEmpty();
    pass(2, replacement);
    assertThat(published).containsExactlyInAnyOrder(ended(1), ended(2));
  }

  @Test
  void endsTheSessionsOfANodeThatDiedBeforeThisProcessBegan() {
    pass(11, ALIVE);
    assertThat(published).isEmpty();
    pass(2, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }

  @Test
  void learnsOfSuchNodesAlsoWhenTheStoreWasAwayAtFirst() {
    beforeScan =
        () -> {
          throw new StoreUnavailableException("is away", null);
        };
    pass(20, ALIVE);
    beforeScan = () -> {};
    pass(13, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }

  @Test
  void looksAgainAfterAnError() {
    pass(20, ALIVE, DEAD);
    beforeScan =
        () -> {
          throw new StackOverflowError("the test says so");
        };
    pass(20, ALIVE);
    assertThat(published).isEmpty();
    beforeScan = () -> {};
    pass(1, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }

  @Test
  void leavesANodeAloneThatSpeaksWhileAStoreIsSlow() {
    pass(20, ALIVE, DEAD);
    // The look at the sessions takes a while, in which the node is heard of again.
    beforeScan =
        () -> {
          now += Duration.ofSeconds(2).toNanos();
          process.heard(DEAD);
          process.heard(ALIVE);
        };
    pass(8, ALIVE);
    assertThat(published).isEmpty();
    pass(20, ALIVE, DEAD);
    assertThat(published).isEmpty();
  }

  @Test
  void beginsAnewWhenWhoeverBeganHasDied() {
    pass(20, ALIVE, DEAD);
    assertThat(claims.claim(DEAD, "another process")).isTrue();
    pass(20, ALIVE);
    assertThat(published).isEmpty();
    // Its claim lapses, and the session is there still.
    caches.lostNodes().clear();
    pass(17, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }

  @Test
  void findsNothingLeftToDoWhenWhoeverBeganHasEndedIt() {
    pass(20, ALIVE, DEAD);
    assertThat(claims.claim(DEAD, "another process")).isTrue();
    pass(20, ALIVE);
    new SessionStore(caches.sessions()).endLost(session(1, DEAD, SessionState.OPEN).id());
    caches.lostNodes().clear();
    pass(60, ALIVE);
    assertThat(published).isEmpty();
  }

  /// Its way to the brokers is half open: it hears one node and not the other one.
  @Test
  void leavesANodeAloneThatOtherProcessesHear() {
    pass(20, ALIVE, DEAD);
    nodes.put(new NodeRecord(DEAD, "", "", 1, 0, 0, false, Instant.EPOCH));
    pass(60, ALIVE);
    assertThat(published).isEmpty();
    // Nobody claims a node that is not lost: others may have to.
    assertThat(caches.lostNodes()).isEmpty();
    // Then nobody hears it any more.
    caches.nodes().clear();
    pass(3, ALIVE);
    assertThat(published).containsExactly(ended(1));
  }
}
