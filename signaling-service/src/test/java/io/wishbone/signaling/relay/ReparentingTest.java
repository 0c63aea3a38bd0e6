package io.wishbone.signaling.relay;

import static io.wishbone.signaling.relay.RelayPod.status;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.TraceParent;
import io.wishbone.store.EmbeddedCaches;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two processes on one store, three nodes in `eu`, three in `us`.
class ReparentingTest {

  private static final StreamName STREAM = new StreamName("studio");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final PullingNodes nodes = new PullingNodes();
  private final RelayPod one = new RelayPod(caches, nodes, now::get, 20, RegionLinks.ONE);
  private final RelayPod two = new RelayPod(caches, nodes, now::get, 20, RegionLinks.ONE);

  @BeforeEach
  void start() {
    for (int i = 1; i <= 3; i++) {
      one.comes("eu" + i, "eu", "");
      one.comes("us" + i, "us", "");
    }
    one.publish(STREAM, "eu1");
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
    caches.close();
  }

  private void pass(int seconds) {
    now.updateAndGet(then -> then.plusSeconds(seconds));
  }

  private void awaitTold(String... told) {
    await().untilAsserted(() -> assertThat(nodes.told).containsExactlyInAnyOrder(told));
  }

  private void relayToAll() {
    assertThat(one.attach(STREAM, "eu1", "eu2")).isEqualTo("eu1");
    assertThat(two.attach(STREAM, "eu1", "us1")).isEqualTo("eu1");
    assertThat(one.attach(STREAM, "eu1", "us2")).isEqualTo("us1");
    assertThat(two.attach(STREAM, "eu1", "us3")).isEqualTo("us1");
  }

  @Test
  void tellsEveryEdgeWhenThePublisherIsAtAnotherNodeAndParentsFirst() {
    relayToAll();
    one.publish(STREAM, "us2");
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    trace.run(() -> one.reparenting.published(STREAM, new NodeId("us2")));

    awaitTold("eu2<us2", "us1<us2", "us3<us1");
    assertThat(nodes.traces).as("of the publisher's request").containsOnly(Optional.of(trace));
    assertThat(nodes.told.getLast()).isEqualTo("us3<us1");
    assertThat(one.parents(STREAM))
        .containsOnly(entry("eu2", "us2"), entry("us1", "us2"), entry("us3", "us1"));
  }

  @Test
  void givesTheChildrenOfANodeThatDrainsOtherParentsBeforeItIsGone() {
    relayToAll();

    one.drains("us1", "us");
    two.drains("us1", "us");

    awaitTold("us2<eu1", "us3<us2");
    assertThat(nodes.traces).as("of nobody's request").containsOnly(Optional.empty());
    assertThat(one.parents(STREAM))
        .containsOnly(
            entry("eu2", "eu1"), entry("us1", "eu1"), entry("us2", "eu1"), entry("us3", "us2"));
  }

  @Test
  void leavesTheChildrenOfAnOriginThatDrainsWhereTheyAre() {
    relayToAll();

    one.drains("eu1", "eu");

    assertThat(nodes.told).isEmpty();
    assertThat(one.parents(STREAM))
        .containsOnly(
            entry("eu2", "eu1"), entry("us1", "eu1"), entry("us2", "us1"), entry("us3", "us1"));
  }

  @Test
  void givesTheFormerOriginTheStreamIfItHasViewers() {
    one.report(status(STREAM, "eu1", true, 3, ""));
    one.publish(STREAM, "eu3");
    one.reparenting.published(STREAM, new NodeId("eu3"));

    awaitTold("eu1<eu3");
    assertThat(two.parents(STREAM)).containsOnly(entry("eu1", "eu3"));
  }

  @Test
  void givesTheFormerOriginTheStreamWhenItSaysThatViewersWait() {
    one.publish(STREAM, "eu3");
    two.report(status(STREAM, "eu1", false, 3, ""));
    awaitTold("eu1<eu3");
  }

  @Test
  void tellsNobodyWhenNobodyElseHasTheStream() {
    one.reparenting.published(STREAM, new NodeId("eu1"));
    one.report(status(STREAM, "eu1", true, 3, ""));
    one.report(status(STREAM, "eu1", false, 3, ""));
    one.report(status(STREAM, "eu1", false, 0, ""));
    assertThat(nodes.told).isEmpty();
    assertThat(caches.edges()).isEmpty();
  }

  @Test
  void givesOrphansOneNewLinkBetweenRegionsAndActsOnce() {
    relayToAll();
    one.goes("us1");
    one.reparenting.lost(new NodeId("us1"));
    two.reparenting.lost(new NodeId("us1"));

    awaitTold("us2<eu1", "us3<us2");
    assertThat(one.parents(STREAM))
        .containsOnly(entry("eu2", "eu1"), entry("us2", "eu1"), entry("us3", "us2"));
  }

  @Test
  void letsEdgesWaitWhenTheOriginIsGone() {
    relayToAll();
    one.goes("eu1");
    one.reparenting.lost(new NodeId("eu1"));
    one.report(status(STREAM, "us1", false, 3, "eu1"));
    assertThat(nodes.told).isEmpty();

    one.publish(STREAM, "eu3");
    one.reparenting.published(STREAM, new NodeId("eu3"));
    awaitTold("eu2<eu3", "us1<eu3", "us2<us1", "us3<us1");
  }

  @Test
  void givesAnotherParentToAnEdgeWhoseParentIsGone() {
    relayToAll();
    one.goes("us1");
    pass(5);
    // It does not know yet that it has lost the stream.
    one.report(status(STREAM, "us2", true, 3, "us1"));
    assertThat(nodes.told).isEmpty();

    pass(2);
    one.report(status(STREAM, "us2", false, 3, "us1"));
    two.report(status(STREAM, "us2", false, 3, "us1"));
    awaitTold("us2<eu1");
  }

  @Test
  void actsOnceWhenManyHearTheSameAtTheSameTime() throws InterruptedException {
    relayToAll();
    for (int round = 1; round <= 50; round++) {
      pass(5);
      manyHear(16, status(STREAM, "us1", false, 3, "eu1"));
      String[] told = new String[round];
      Arrays.fill(told, "us1<eu1");
      awaitTold(told);
    }
  }

  private void manyHear(int many, StreamStatus status) throws InterruptedException {
    var ready = new CountDownLatch(many);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      RelayPod pod = i % 2 == 0 ? one : two;
      threads.add(
          Thread.startVirtualThread(() -> {
            ready.countDown();
            try {
              ready.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            pod.report(status);
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void tellsAnEdgeAgainThatHasTheStreamFromElsewhereButNotAllTheTime() {
    relayToAll();
    one.report(status(STREAM, "us2", true, 3, "eu1"));
    assertThat(nodes.told).isEmpty();
    pass(1);
    one.report(status(STREAM, "us2", true, 3, "eu1"));
    two.report(status(STREAM, "us2", true, 4, "eu1"));
    awaitTold("us2<us1");
    pass(1);
    two.report(status(STREAM, "us2", true, 4, "eu1"));
    awaitTold("us2<us1", "us2<us1");
  }

  @Test
  void writesAnEdgeThatIsAsItShouldBeEveryFewSecondsOnly() {
    one.attach(STREAM, "eu1", "us1");
    Instant attached = seen();
    for (int i = 0; i < 3; i++) {
      pass(1);
      one.report(status(STREAM, "us1", true, i, "eu1"));
    }
    assertThat(seen()).isEqualTo(attached);
    pass(1);
    one.report(status(STREAM, "us1", true, 3, "eu1"));
    assertThat(seen()).isEqualTo(attached.plusSeconds(4));
    assertThat(nodes.told).isEmpty();
  }

  private Instant seen() {
    return one.edges.find(STREAM).edges().getFirst().seenAt();
  }

  @Test
  void takesInEdgesThatTheStoreHasForgotten() {
    one.report(status(STREAM, "us1", true, 3, "eu1"));
    two.report(status(STREAM, "us2", true, 3, "us1"));
    assertThat(one.parents(STREAM)).containsOnly(entry("us1", "eu1"), entry("us2", "us1"));
    assertThat(nodes.told).isEmpty();
  }

  @Test
  void breaksALoopThatNodesReport() {
    one.report(status(STREAM, "us1", true, 3, "us2"));
    two.report(status(STREAM, "us2", true, 3, "us1"));
    awaitTold("us2<eu1");
    assertThat(one.parents(STREAM)).containsOnly(entry("us1", "us2"), entry("us2", "eu1"));
  }

  @Test
  void forgetsEdgesThatHaveNoViewersAndTellsTheirChildren() {
    relayToAll();
    one.report(status(STREAM, "us1", false, 0, "eu1"));
    awaitTold("us2<eu1", "us3<us2");
    one.report(status(STREAM, "us3", false, 0, "us2"));
    one.report(status(STREAM, "us2", false, 0, "eu1"));
    one.report(status(STREAM, "eu2", false, 0, "eu1"));
    assertThat(caches.edges()).isEmpty();
  }

  @Test
  void takesNoParentThatWasNotHeardOfForLong() {
    one.attach(STREAM, "eu1", "us1");
    pass(10);
    assertThat(one.attach(STREAM, "eu1", "us2")).isEqualTo("us1");
    pass(7);
    assertThat(one.attach(STREAM, "eu1", "us3")).isEqualTo("eu1");
  }

  @Test
  void triesAnotherParentWhenOneFails() {
    relayToAll();
    nodes.can((_, parent) -> !parent.value().equals("us1"));
    pass(5);
    one.report(status(STREAM, "us2", false, 3, "us1"));
    awaitTold("us2<us1", "us2<us1", "us2<us1", "us2<eu1");
    assertThat(one.parents(STREAM)).contains(entry("us2", "eu1"));
  }

  @Test
  void givesUpWhenThePublisherIsGone() {
    relayToAll();
    nodes.can((_, _) -> {
      one.unpublish(STREAM);
      return false;
    });
    pass(5);
    one.report(status(STREAM, "us2", false, 3, "us1"));
    awaitTold("us2<us1");
  }

  @Test
  void waitsForThePublisherToBeConnectedBeforeItMistrustsTheOrigin() {
    relayToAll();
    nodes.can((_, _) -> false);
    pass(5);
    one.report(status(STREAM, "us1", false, 3, "eu1"));
    awaitTold("us1<eu1", "us1<eu1", "us1<eu1");
    assertThat(one.parents(STREAM)).contains(entry("us1", "eu1"));
  }

  @Test
  void keepsParentsTogetherWithTheirChildrenWhileNobodyPublishes() {
    relayToAll();
    one.unpublish(STREAM);
    one.report(status(STREAM, "us1", false, 0, "eu1"));
    one.report(status(STREAM, "eu2", false, 0, "eu1"));
    assertThat(one.parents(STREAM))
        .containsOnly(entry("us1", "eu1"), entry("us2", "us1"), entry("us3", "us1"));
    one.publish(STREAM, "eu1");
    one.reparenting.published(STREAM, new NodeId("eu1"));
    awaitTold("us1<eu1", "us2<us1", "us3<us1");
  }

  @Test
  void callsARelayTheSameWheneverItAsksAgain() {
    relayToAll();
    one.report(status(STREAM, "eu1", true, 1, ""));
    nodes.reachable(false);
    pass(5);
    one.report(status(STREAM, "us1", false, 3, "eu1"));
    awaitTold("us1<eu1", "us1<eu1", "us1<eu1", "us1<eu2", "us1<eu2", "us1<eu2");
    var ids = new HashSet<>(nodes.commands.stream().map(pull -> pull.sessionId()).toList());
    assertThat(ids).hasSize(2);
  }

  @Test
  void goesThroughTheExampleOfTheDocumentation() {
    assertThat(one.attach(STREAM, "eu1", "us1")).isEqualTo("eu1");
    assertThat(one.attach(STREAM, "eu1", "us2")).isEqualTo("us1");
    assertThat(one.attach(STREAM, "eu1", "eu2")).isEqualTo("eu1");
    one.goes("us1");
    one.reparenting.lost(new NodeId("us1"));
    awaitTold("us2<eu1");

    one.report(status(STREAM, "eu1", true, 100, ""));
    one.publish(STREAM, "us3");
    one.reparenting.published(STREAM, new NodeId("us3"));
    assertThat(one.parents(STREAM))
        .containsOnly(entry("us2", "us3"), entry("eu2", "us3"), entry("eu1", "eu2"));
  }

  @Test
  void takesBackAnEdgeThatIsNotInUse() {
    NodeId origin = new NodeId("eu1");
    Attachment added = one.relays.attach(STREAM, origin, new NodeId("us1"));
    Attachment again = two.relays.attach(STREAM, origin, new NodeId("us1"));
    assertThat(again).isEqualTo(new Attachment(origin, null));
    two.relays.detach(STREAM, again);
    assertThat(one.parents(STREAM)).containsOnly(entry("us1", "eu1"));
    one.relays.attach(STREAM, origin, new NodeId("us2"));
    one.relays.detach(STREAM, added);
    assertThat(one.parents(STREAM)).hasSize(2);

    Attachment third = one.relays.attach(STREAM, origin, new NodeId("us3"));
    one.relays.detach(STREAM, third);
    assertThat(one.parents(STREAM)).hasSize(2);
  }
}
