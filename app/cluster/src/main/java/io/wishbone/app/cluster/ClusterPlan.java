package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.util.List;

/// What a cluster on this machine consists of.
///
/// @param servers where brokers and stores run
/// @param httpPort of the first signalling pod; each further one has the next
/// @param mediaPort of the first media node's first worker; each further node has the next hundred
/// @param healthPort of the first media node; each further one has the next
/// @param brokers Kafka brokers; with three or more, each record is at three of them, and two are
///   enough to go on
/// @param stores Infinispan Servers; with two or more, each entry is at two of them
/// @param kafkaPort the first of the four of the first broker; each further one has the next four
/// @param infinispanPort the first of the five of the first server; each further one has the next
///   five
/// @param areStoresApart whether servers of the store reach each other by relays, which somebody
///   else has to start before, from [#storeRelayPort] to [#storePort]
/// @param directory for what the servers store, and for logs
/// @param nodeOptions what media nodes are told besides all this
/// @param regions that the nodes are in, one after the other and again from the first; empty for
///   none. Pods then believe clients of this machine that say in [#REGION_HEADER] where they are
public record ClusterPlan(
    Path projectRoot,
    ServerHost servers,
    Path directory,
    int brokers,
    int stores,
    int pods,
    int nodes,
    int httpPort,
    int mediaPort,
    int healthPort,
    int kafkaPort,
    int infinispanPort,
    boolean areStoresApart,
    List<String> regions,
    List<String> nodeOptions) {

  static final String REGION_HEADER = "X-Client-Region";
  static final int MEDIA_PORTS_OF_A_NODE = 100;

  public ClusterPlan {
    regions = List.copyOf(regions);
    nodeOptions = List.copyOf(nodeOptions);
  }

  /// TCP port for other servers of the store.
  public int storePort(int store) {
    return infinispanPort + store * InfinispanServer.PORTS + InfinispanServer.DIRECT;
  }

  /// Where others expect a relay to that.
  public int storeRelayPort(int store) {
    return infinispanPort + store * InfinispanServer.PORTS + InfinispanServer.RELAYED;
  }

  List<String> podRegionOptions() {
    return regions.isEmpty()
        ? List.of()
        : List.of("--trusted-proxies", "127.0.0.1", "--client-region-header", REGION_HEADER);
  }

  List<String> nodeRegionOptions(int node) {
    return regions.isEmpty() ? List.of() : List.of("--region", regions.get(node % regions.size()));
  }

  int httpPort(int pod) {
    return httpPort + pod;
  }

  int mediaPort(int node) {
    return mediaPort + node * MEDIA_PORTS_OF_A_NODE;
  }

  int healthPort(int node) {
    return healthPort + node;
  }
}
