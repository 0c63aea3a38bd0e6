package io.wishbone.signaling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.relay.RelayPod;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RankedSelectorTest {

  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));
  private final RankedSelector selector = selector(InstantSource.system());

  @AfterEach
  void stop() {
    caches.close();
  }

  @Test
  void findsNoNodeWhereThereIsNone() {
    assertThat(selector.select(publisher())).isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void sendsAPublisherToTheNodeWithTheFewestSessions() {
    report(A, 5, 0, false);
    report(B, 3, 0, false);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
  }

  @Test
  void comparesSharesOfCapacity() {
    report(A, 50, 1000, false);
    report(B, 10, 20, false);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
  }

  @Test
  void spreadsABurstBetweenTwoReports() {
    report(A, 0, 0, false);
    report(B, 0, 0, false);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
  }

  /// What a node does besides its sessions is no reason to send it all that come at once.
  @Test
  void spreadsABurstOverNodesThatAreNotEquallyQuiet() {
    busy(A, 0.99, 0);
    busy(B, 0.94, 0);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
  }

  @Test
  void forgetsWhatItPlacedWhenTheNodeReportsAgain() {
    report(A, 0, 1, false);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isInstanceOf(Placement.NoRoom.class);
    nodes.put(new NodeRecord(A, "", "", 0, 0, 1, false, Instant.EPOCH.plusSeconds(1)));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
  }

  @Test
  void countsNoSessionThatWasNotOpened() {
    report(A, 0, 1, false);
    for (int i = 0; i < 3; i++) {
      assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
      selector.giveBack(A);
    }
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void givesBackNoMoreThanItPlaced() {
    report(A, 1, 2, false);
    selector.giveBack(A);
    selector.giveBack(B);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(publisher())).isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void passesOverNodesThatAreFullOrDraining() {
    report(A, 10, 10, false);
    report(B, 0, 0, true);
    assertThat(selector.select(publisher())).isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void passesOverNodesThatHaveRefused() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.PUBLISHER, null, Set.of(A))))
        .isEqualTo(new Placement.AtNode(B));
  }

  @Test
  void sendsASubscriberWhereTheStreamIs() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of())))
        .isEqualTo(new Placement.AtNode(B));
  }

  @Test
  void sendsASubscriberNowhereWhenTheOriginIsGone() {
    report(A, 0, 0, false);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of())))
        .isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void sendsASubscriberToANodeThatWillPullWhenTheOriginIsFullOrDraining() {
    report(A, 3, 0, false);
    report(B, 9, 9, false);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of())))
        .isEqualTo(new Placement.AtNode(A));
    report(B, 1, 9, true);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of())))
        .isEqualTo(new Placement.AtNode(A));
  }

  @Test
  void comparesWhatWorkersHaveLeft() {
    busy(A, 0.5, 1);
    busy(B, 0.6, 1);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
  }

  @Test
  void countsWhatItPlacedAsWork() {
    busy(A, 0.50, 2);
    busy(B, 0.52, 2);
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(B));
    assertThat(selector.select(publisher())).isEqualTo(new Placement.AtNode(A));
  }

  @Test
  void passesOverNodesWhoseWorkersHaveHadNoTimeLeftForSomeSeconds() {
    var busy = selector(() -> Instant.EPOCH.plusSeconds(9));
    report(A, 0.04, 0);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.AtNode(A));
    report(A, 0.04, 2);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.AtNode(A));
    report(A, 0.04, 3);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.NoRoom(Duration.ofMillis(3600)));
    report(A, 0.05, 4);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.AtNode(A));
    report(A, 0.04, 5);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.AtNode(A));
    report(A, 0, 8);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.NoRoom(Duration.ofSeconds(10)));
    report(B, 0.5, 8);
    assertThat(busy.select(publisher())).isEqualTo(new Placement.AtNode(B));
  }

  private void report(NodeId node, double headroom, int second) {
    nodes.put(
        new NodeRecord(
            node, "", "", 0, 2, 0, false, 900, headroom, Instant.EPOCH.plusSeconds(second)));
  }

  @Test
  void sendsAPublisherThatTakesOverWhereTheStreamIs() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.PUBLISHER, B, Set.of())))
        .isEqualTo(new Placement.AtNode(B));
    assertThat(selector.select(request(SessionRole.PUBLISHER, B, Set.of(B))))
        .isEqualTo(new Placement.AtNode(A));
  }

  @Test
  void hasRoomOnAFullNodeForAPublisherThatTakesOver() {
    report(A, 5, 5, false);
    assertThat(selector.select(request(SessionRole.PUBLISHER, A, Set.of())))
        .isEqualTo(new Placement.AtNode(A));
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, A, Set.of())))
        .isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void asksThreeNodesAtMost() {
    for (String name : new String[] {"c", "d", "e", "f"}) {
      report(new NodeId(name), 0, 0, false);
    }
    var refused = Set.of(new NodeId("c"), new NodeId("d"), new NodeId("e"));
    assertThat(selector.select(request(SessionRole.PUBLISHER, null, refused)))
        .isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  @DisplayName("W47: the time to come back follows from what is in the way")
  void saysWhenToComeBack() {
    Instant now = Instant.EPOCH.plusMillis(400);
    assertThat(retryAfter(now)).isEqualTo(Duration.ofSeconds(3));
    report(A, 0, 0, true);
    assertThat(retryAfter(now)).isEqualTo(Duration.ofSeconds(10));
    report(B, 10, 10, false);
    assertThat(retryAfter(now)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void waitsForTheNextReportOnlyWhenItMayTellOfRoom() {
    Instant now = Instant.EPOCH.plusMillis(300);
    report(A, 9, 10, false);
    var fresh = selector(() -> now);
    assertThat(fresh.select(publisher())).isEqualTo(new Placement.AtNode(A));
    assertThat(fresh.select(publisher())).isEqualTo(new Placement.NoRoom(Duration.ofMillis(100)));
  }

  private RankedSelector selector(InstantSource clock) {
    return new RankedSelector(
        PlacementStrategy.LEAST_LOADED, nodes, RelayPod.on(caches, clock).carriers(), clock);
  }

  private Duration retryAfter(Instant now) {
    return selector(() -> now).select(publisher()) instanceof Placement.NoRoom(Duration retryAfter)
        ? retryAfter
        : Duration.ZERO;
  }

  private void report(NodeId node, int sessions, int capacity, boolean draining) {
    nodes.put(new NodeRecord(node, "", "", 0, sessions, capacity, draining, Instant.EPOCH));
  }

  private void busy(NodeId node, double headroom, int sessions) {
    nodes.put(new NodeRecord(node, "", "", 0, sessions, 0, false, 900, headroom, Instant.EPOCH));
  }

  private static PlacementRequest publisher() {
    return request(SessionRole.PUBLISHER, null, Set.of());
  }

  private static PlacementRequest request(
      SessionRole role, @Nullable NodeId origin, Set<NodeId> excluded) {
    return new PlacementRequest(new StreamName("studio"), role, origin, excluded, false, "", "");
  }
}
