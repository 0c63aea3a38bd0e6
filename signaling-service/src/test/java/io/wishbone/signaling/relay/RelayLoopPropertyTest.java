package io.wishbone.signaling.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import io.wishbone.store.EmbeddedCaches;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// Whatever happens, in whatever order, and whatever nodes say: no node has a stream from itself.
class RelayLoopPropertyTest {

  private static final EmbeddedCaches CACHES = new EmbeddedCaches();
  private static final StreamName STREAM = new StreamName("studio");
  private static final List<String> NODES = List.of("a1", "a2", "a3", "b1", "b2", "b3", "c1");

  private enum Kind {
    ATTACH,
    DETACH,
    HAS_IT,
    WAITS,
    IS_OVER,
    DIES,
    COMES_BACK,
    PUBLISHED,
    UNPUBLISHED,
    TIME_PASSES
  }

  private record Event(Kind kind, String node, String other, boolean second) {}

  @AfterContainer
  static void stop() {
    CACHES.close();
  }

  @Provide
  Arbitrary<List<Event>> events() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of(NODES),
            Arbitraries.of(NODES),
            Arbitraries.of(true, false))
        .as(Event::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(80);
  }

  @Property(tries = 400)
  void neverMakesALoop(
      @ForAll("events") List<Event> events, @ForAll RegionLinks links, @ForAll boolean failing) {
    CACHES.nodes().clear();
    CACHES.edges().clear();
    CACHES.streams().clear();
    var now = new AtomicReference<>(Instant.EPOCH);
    var nodes = new PullingNodes();
    nodes.can((node, parent) -> !failing || (node.hashCode() + parent.hashCode()) % 3 != 0);
    try (var one = new RelayPod(CACHES, nodes, now::get, 2, links);
        var two = new RelayPod(CACHES, nodes, now::get, 2, links)) {
      NODES.forEach(node -> one.comes(node, node.substring(0, 1), ""));
      one.publish(STREAM, "a1");
      for (Event event : events) {
        happen(event, event.second() ? two : one, now);
        assertThat(loops(one.edges.find(STREAM).edges())).describedAs("%s", event).isEmpty();
      }
    }
  }

  private static void happen(Event event, RelayPod pod, AtomicReference<Instant> now) {
    NodeId node = new NodeId(event.node());
    switch (event.kind()) {
      case ATTACH, DETACH -> {
        NodeId origin = pod.trees.origin(STREAM, pod.trees.alive());
        if (origin != null && !origin.equals(node)) {
          Attachment attachment = pod.relays.attach(STREAM, origin, node);
          if (event.kind() == Kind.DETACH) {
            pod.relays.detach(STREAM, attachment);
          }
        }
      }
      case HAS_IT -> pod.report(RelayPod.status(STREAM, event.node(), true, 1, event.other()));
      case WAITS -> pod.report(RelayPod.status(STREAM, event.node(), false, 1, event.other()));
      case IS_OVER -> pod.report(RelayPod.status(STREAM, event.node(), false, 0, event.other()));
      case DIES -> {
        pod.goes(event.node());
        pod.reparenting.lost(node);
      }
      case COMES_BACK -> pod.comes(event.node(), event.node().substring(0, 1), "");
      case PUBLISHED -> {
        pod.publish(STREAM, event.node());
        pod.reparenting.published(STREAM, node);
      }
      case UNPUBLISHED -> pod.unpublish(STREAM);
      case TIME_PASSES -> now.updateAndGet(then -> then.plusSeconds(3));
    }
  }

  /// The nodes that come back to themselves on the way from parent to parent.
  private static Set<NodeId> loops(List<Edge> edges) {
    Map<NodeId, NodeId> parents = new HashMap<>();
    edges.forEach(edge -> parents.put(edge.node(), edge.parent()));
    assertThat(parents).hasSameSizeAs(edges);
    Set<NodeId> loops = new HashSet<>();
    for (NodeId node : parents.keySet()) {
      NodeId above = parents.get(node);
      for (int steps = 0; above != null && steps <= parents.size(); steps++) {
        if (above.equals(node)) {
          loops.add(node);
        }
        above = parents.get(above);
      }
    }
    return loops;
  }
}
