package io.wishbone.it.cluster;

import io.wishbone.store.NodeStoreTest;

/// The same with caches of a server.
class NodeStoreInCluster extends NodeStoreTest {

  NodeStoreInCluster() {
    super(ServerCaches.empty());
  }
}
