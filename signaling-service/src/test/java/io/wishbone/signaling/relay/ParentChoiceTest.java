package io.wishbone.signaling.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.store.Edge;
import io.wishbone.store.NodeRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParentChoiceTest {

  private final Map<NodeId, NodeRecord> alive = new HashMap<>();
  private RelayTree tree = new RelayTree(new NodeId("o"), Map.of());
  private int maxEdges = 2;
  private RegionLinks links = RegionLinks.ONE;

  private void node(String region, String zone, String... names) {
    for (String name : names) {
      node(name, region, zone, false);
    }
  }

  private void node(String name, String region, String zone, boolean draining) {
    NodeId id = new NodeId(name);
    alive.put(id, new NodeRecord(id, region, zone, 0, 0, 0, draining, Instant.EPOCH));
  }

  private @Nullable String parentOf(String node, String... excluded) {
    Set<NodeId> all = new java.util.HashSet<>();
    for (String each : excluded) {
      all.add(new NodeId(each));
    }
    NodeId parent = new ParentChoice(alive, maxEdges, links).choose(tree, new NodeId(node), all);
    return parent == null ? null : parent.value();
  }

  /// Makes nodes edges, one after the other, and says who their parents are.
  private String attach(String... nodes) {
    var parents = new StringBuilder();
    for (String node : nodes) {
      String parent = parentOf(node);
      assertThat(parent).isNotNull();
      tree = tree.with(new Edge(new NodeId(node), new NodeId(parent), Instant.EPOCH));
      parents.append(node).append('<').append(parent).append(' ');
    }
    return parents.toString().strip();
  }

  @Test
  void growsATreeWhenTheOriginHasAsManyEdgesAsItMay() {
    node("eu", "", "o", "a", "b", "c", "d", "e", "f", "g");
    assertThat(attach("a", "b", "c", "d", "e", "f", "g")).isEqualTo("a<o b<o c<a d<b e<a f<b g<c");
  }

  @Test
  void goesIntoAnotherRegionOnce() {
    maxEdges = 20;
    node("eu", "", "o", "a");
    node("us", "", "u1", "u2", "u3");
    node("ap", "", "p1");
    assertThat(attach("a", "u1", "u2", "u3", "p1")).isEqualTo("a<o u1<o u2<u1 u3<u1 p1<o");
  }

  @Test
  void goesIntoAnotherRegionAsOftenAsThereAreEdgesIfThatIsWanted() {
    maxEdges = 3;
    links = RegionLinks.DIRECT;
    node("eu", "", "o", "a");
    node("us", "", "u1", "u2", "u3");
    assertThat(attach("a", "u1", "u2", "u3")).isEqualTo("a<o u1<o u2<o u3<u1");
  }

  @Test
  void crossesToAnotherEdgeWhenTheOriginHasNoPlaceLeft() {
    node("eu", "", "o", "a", "b");
    node("us", "", "u1");
    assertThat(attach("a", "b", "u1")).isEqualTo("a<o b<o u1<a");
  }

  @Test
  void prefersTheSameZoneAmongEquals() {
    node("eu", "1", "o", "a");
    node("eu", "2", "b", "c");
    maxEdges = 1;
    attach("a");
    maxEdges = 2;
    attach("b");
    assertThat(parentOf("c")).isEqualTo("b");
  }

  @Test
  void choosesNoParentThatIsAboutToStopUnlessItIsTheOrigin() {
    maxEdges = 1;
    node("o", "eu", "", true);
    node("eu", "", "a", "b", "c");
    attach("a", "b");
    node("a", "eu", "", true);
    node("b", "eu", "", true);
    assertThat(parentOf("c")).isEqualTo("o");
  }

  @Test
  void choosesNoneThatIsGoneOrHasFailed() {
    node("eu", "", "o", "a", "b");
    attach("a");
    assertThat(parentOf("b", "o")).isEqualTo("a");
    alive.remove(new NodeId("o"));
    alive.remove(new NodeId("a"));
    assertThat(parentOf("b")).isNull();
  }

  @Test
  void choosesNoneThatHasTheStreamFromTheNodeItself() {
    maxEdges = 1;
    node("eu", "", "o", "a", "b");
    attach("a", "b");
    assertThat(parentOf("a", "o")).isNull();
  }
}
