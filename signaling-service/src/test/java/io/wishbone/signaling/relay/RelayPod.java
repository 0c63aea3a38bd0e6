package io.wishbone.signaling.relay;

import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The part of a signalling process that looks after trees, on a store that it may share with
/// others.
public final class RelayPod implements AutoCloseable {

  private static final Duration LONG = Duration.ofHours(1);

  final EmbeddedCaches caches;
  final NodeStore nodes;
  final StreamStore streams;
  final EdgeStore edges;
  final StreamStatuses statuses;
  final Trees trees;
  final Pulls pulls;
  final Relays relays;
  final EdgeReports reports;
  final Reparenting reparenting;

  RelayPod(
      EmbeddedCaches caches,
      MediaNodes carrier,
      InstantSource clock,
      int maxEdges,
      RegionLinks links) {
    this.caches = caches;
    nodes = new NodeStore(caches.nodes(), LONG);
    streams = new StreamStore(caches.streams(), LONG);
    edges = new EdgeStore(caches.edges(), LONG);
    statuses = new StreamStatuses(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos());
    trees = new Trees(edges, streams, nodes, maxEdges, links, clock, Duration.ZERO);
    pulls = new Pulls(trees, statuses, carrier, Traces.none(), Duration.ofMillis(1));
    relays = new Relays(trees);
    reports = new EdgeReports(trees, pulls);
    reparenting = new Reparenting(trees, edges, statuses, pulls);
  }

  /// On a store of its own, for whoever only asks where a stream is.
  public static RelayPod on(EmbeddedCaches caches, InstantSource clock) {
    return new RelayPod(caches, (_, _) -> new CompletableFuture<>(), clock, 20, RegionLinks.ONE);
  }

  public Carriers carriers() {
    return new Carriers(trees);
  }

  public Relays relays() {
    return relays;
  }

  void report(StreamStatus status) {
    statuses.take(status);
    reports.take(status);
  }

  public void comes(String node, String region, String zone) {
    nodes.put(new NodeRecord(new NodeId(node), region, zone, 0, 0, 0, false, Instant.EPOCH));
  }

  void drains(String node, String region) {
    nodes.put(new NodeRecord(new NodeId(node), region, "", 0, 0, 0, true, Instant.EPOCH));
    reparenting.drains(new NodeId(node));
  }

  void goes(String node) {
    caches.nodes().remove(node);
  }

  /// The store says that somebody publishes there.
  void publish(StreamName stream, String node) {
    caches
        .streams()
        .put(
            stream.value(),
            new StreamRecord(
                stream,
                new SessionId("%022d".formatted(node.hashCode() & 0xffff)),
                new NodeId(node),
                null,
                Instant.EPOCH));
  }

  void unpublish(StreamName stream) {
    caches.streams().remove(stream.value());
  }

  /// Which edge has its parent where.
  public Map<String, String> parents(StreamName stream) {
    Map<String, String> parents = new TreeMap<>();
    for (Edge edge : edges.find(stream).edges()) {
      parents.put(edge.node().value(), edge.parent().value());
    }
    return parents;
  }

  public String attach(StreamName stream, String origin, String node) {
    return relays.attach(stream, new NodeId(origin), new NodeId(node)).parent().value();
  }

  static StreamStatus status(
      StreamName stream, String node, boolean live, int viewers, String parent) {
    return new StreamStatus(
        new NodeId(node),
        stream,
        live,
        viewers,
        List.of(),
        parent.isEmpty() ? null : new NodeId(parent));
  }

  @Override
  public void close() {
    pulls.stop();
  }
}
