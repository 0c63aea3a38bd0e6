package io.wishbone.signaling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeastLoadedSelectorTest {

  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));
  private final LeastLoadedSelector selector = new LeastLoadedSelector(nodes);

  @AfterEach
  void stop() {
    caches.close();
  }

  @Test
  void findsNoNodeWhereThereIsNone() {
    assertThat(selector.select(publisher())).isNull();
  }

  @Test
  void sendsAPublisherToTheNodeWithTheFewestSessions() {
    report(A, 5, 0, false);
    report(B, 3, 0, false);
    assertThat(selector.select(publisher())).isEqualTo(B);
  }

  @Test
  void comparesSharesOfCapacity() {
    report(A, 50, 1000, false);
    report(B, 10, 20, false);
    assertThat(selector.select(publisher())).isEqualTo(A);
  }

  @Test
  void spreadsABurstBetweenTwoReports() {
    report(A, 0, 0, false);
    report(B, 0, 0, false);
    assertThat(selector.select(publisher())).isEqualTo(A);
    assertThat(selector.select(publisher())).isEqualTo(B);
    assertThat(selector.select(publisher())).isEqualTo(A);
  }

  @Test
  void forgetsWhatItPlacedWhenTheNodeReportsAgain() {
    report(A, 0, 1, false);
    assertThat(selector.select(publisher())).isEqualTo(A);
    assertThat(selector.select(publisher())).isNull();
    nodes.put(new NodeRecord(A, "", "", 0, 0, 1, false, Instant.EPOCH.plusSeconds(1)));
    assertThat(selector.select(publisher())).isEqualTo(A);
  }

  @Test
  void passesOverNodesThatAreFullOrDraining() {
    report(A, 10, 10, false);
    report(B, 0, 0, true);
    assertThat(selector.select(publisher())).isNull();
  }

  @Test
  void passesOverNodesThatHaveRefused() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.PUBLISHER, null, Set.of(A)))).isEqualTo(B);
  }

  @Test
  void sendsASubscriberWhereTheStreamIs() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of()))).isEqualTo(B);
  }

  @Test
  void sendsASubscriberNowhereElse() {
    report(A, 0, 0, false);
    assertThat(selector.select(request(SessionRole.SUBSCRIBER, B, Set.of()))).isNull();
  }

  @Test
  void sendsAPublisherThatTakesOverWhereTheStreamIs() {
    report(A, 0, 0, false);
    report(B, 9, 0, false);
    assertThat(selector.select(request(SessionRole.PUBLISHER, B, Set.of()))).isEqualTo(B);
    assertThat(selector.select(request(SessionRole.PUBLISHER, B, Set.of(B)))).isEqualTo(A);
  }

  private void report(NodeId node, int sessions, int capacity, boolean draining) {
    nodes.put(new NodeRecord(node, "", "", 0, sessions, capacity, draining, Instant.EPOCH));
  }

  private static PlacementRequest publisher() {
    return request(SessionRole.PUBLISHER, null, Set.of());
  }

  private static PlacementRequest request(
      SessionRole role, @Nullable NodeId origin, Set<NodeId> excluded) {
    return new PlacementRequest(new StreamName("studio"), role, origin, excluded);
  }
}
