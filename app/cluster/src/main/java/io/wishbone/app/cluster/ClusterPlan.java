package io.wishbone.app.cluster;

import java.nio.file.Path;

/// What a cluster on this machine consists of.
///
/// @param httpPort of the first signalling pod; each further one has the next
/// @param mediaPort of the first media node's first worker; each further node has the next hundred
/// @param healthPort of the first media node; each further one has the next
/// @param kafkaPort the first of the four of the broker
/// @param directory for what the servers store, and for logs
public record ClusterPlan(
    Path projectRoot,
    Path directory,
    int pods,
    int nodes,
    int httpPort,
    int mediaPort,
    int healthPort,
    int kafkaPort,
    int infinispanPort) {

  static final int MEDIA_PORTS_OF_A_NODE = 100;

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
