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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two regions: `eu` with two zones, and `us`.
class RegionAwareTest {

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId EU1 = new NodeId("eu-1");
  private static final NodeId EU2 = new NodeId("eu-2");
  private static final NodeId US1 = new NodeId("us-1");
  private static final NodeId US2 = new NodeId("us-2");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));
  private final RelayPod pod = RelayPod.on(caches, InstantSource.system());
  private final RankedSelector selector = selector(PlacementStrategy.REGION_AWARE);

  @BeforeEach
  void start() {
    report(EU1, "eu", "a", 0);
    report(EU2, "eu", "b", 0);
    report(US1, "us", "a", 0);
    report(US2, "us", "a", 0);
  }

  @AfterEach
  void stop() {
    pod.close();
    caches.close();
  }

  @Test
  void keepsAPublisherInItsRegion() {
    report(US1, "us", "a", 50);
    report(US2, "us", "a", 40);
    assertThat(publisher("us", "a")).isEqualTo(US2);
    assertThat(publisher("eu", "b")).isEqualTo(EU2);
  }

  @Test
  void letsLoadDecideBeforeTheZone() {
    report(EU2, "eu", "b", 60);
    assertThat(publisher("eu", "b")).isEqualTo(EU1);
    report(EU1, "eu", "a", 55);
    report(EU2, "eu", "b", 58);
    assertThat(publisher("eu", "b")).isEqualTo(EU2);
  }

  @Test
  void leavesTheRegionWhenThereIsNoRoom() {
    report(US1, "us", "a", 100);
    report(US2, "us", "a", 100);
    assertThat(publisher("us", "a")).isEqualTo(EU1);
    assertThat(publisher("ap", "")).isEqualTo(EU2);
  }

  @Test
  void takesTheLeastLoadedOfAllForWhomNobodyKnows() {
    report(EU1, "eu", "a", 9);
    report(EU2, "eu", "b", 9);
    report(US1, "us", "a", 9);
    assertThat(publisher("", "")).isEqualTo(US2);
  }

  @Test
  void sendsAViewerToTheNodeOfItsRegionThatCarriesTheStream() {
    report(US2, "us", "a", 90);
    pod.relays().attach(STREAM, EU1, US2);
    assertThat(viewer("us", Set.of())).isEqualTo(US2);
    assertThat(viewer("eu", Set.of())).isEqualTo(EU1);
  }

  @Test
  void sendsAViewerToANodeOfItsRegionThatWillPull() {
    report(US1, "us", "a", 9);
    assertThat(viewer("us", Set.of())).isEqualTo(US2);
    pod.relays().attach(STREAM, EU1, US2);
    report(US2, "us", "a", 100);
    assertThat(viewer("us", Set.of())).isEqualTo(US1);
  }

  @Test
  void sendsAViewerElsewhereAtLastWhereTheStreamIsFirst() {
    report(US1, "us", "a", 100);
    report(EU1, "eu", "a", 90);
    assertThat(viewer("us", Set.of(US2))).isEqualTo(EU1);
    assertThat(viewer("us", Set.of(US2, EU1))).isEqualTo(EU2);
  }

  @Test
  void looksAtNoRegionWithTheOtherStrategy() {
    report(EU1, "eu", "a", 90);
    var other = selector(PlacementStrategy.LEAST_LOADED);
    assertThat(other.select(request(SessionRole.SUBSCRIBER, EU1, "us", "a", Set.of())))
        .isEqualTo(new Placement.AtNode(EU1));
    report(EU1, "eu", "a", 100);
    assertThat(other.select(request(SessionRole.SUBSCRIBER, EU1, "us", "a", Set.of())))
        .isEqualTo(new Placement.AtNode(EU2));
  }

  private RankedSelector selector(PlacementStrategy strategy) {
    return new RankedSelector(strategy, nodes, pod.carriers(), InstantSource.system());
  }

  private void report(NodeId node, String region, String zone, int sessions) {
    nodes.put(new NodeRecord(node, region, zone, 0, sessions, 100, false, Instant.now()));
  }

  private @Nullable NodeId publisher(String region, String zone) {
    return node(request(SessionRole.PUBLISHER, null, region, zone, Set.of()));
  }

  private @Nullable NodeId viewer(String region, Set<NodeId> excluded) {
    return node(request(SessionRole.SUBSCRIBER, EU1, region, "a", excluded));
  }

  private @Nullable NodeId node(PlacementRequest request) {
    return selector.select(request) instanceof Placement.AtNode(NodeId node) ? node : null;
  }

  private static PlacementRequest request(
      SessionRole role, @Nullable NodeId origin, String region, String zone, Set<NodeId> excluded) {
    return new PlacementRequest(STREAM, role, origin, excluded, false, region, zone);
  }
}
