package io.wishbone.it.cluster;

import java.util.List;

/// What the clusters of these tests look like, in the order in which they are used. Each is started
/// once.
///
/// @see UsesCluster
enum ClusterKind {
  /// Each node is in a region of its own, and has one worker. Everything is traced, and logged as
  /// JSON at debug level.
  REGIONS(List.of("west", "middle", "east"), List.of("--workers", "1"), 1, 1),

  /// One node in the west and two in the east, which take two viewers of a stream: a third viewer
  /// is at the other node of the east.
  TREE(
      List.of("west", "east", "east"),
      List.of("--viewers-per-stream", "2", "--drain-timeout", "5s"),
      1,
      1),

  /// Nodes in no region, of which one is as good as the other.
  ALIKE(List.of(), List.of("--drain-timeout", "5s"), 1, 1),

  /// Any broker and any server of the store may die.
  REPLICAS(List.of(), List.of(), 3, 2);

  private final List<String> regions;
  private final List<String> nodeOptions;
  private final int brokers;
  private final int stores;

  ClusterKind(List<String> regions, List<String> nodeOptions, int brokers, int stores) {
    this.regions = regions;
    this.nodeOptions = nodeOptions;
    this.brokers = brokers;
    this.stores = stores;
  }

  List<String> regions() {
    return regions;
  }

  List<String> nodeOptions() {
    return nodeOptions;
  }

  int brokers() {
    return brokers;
  }

  int stores() {
    return stores;
  }
}
