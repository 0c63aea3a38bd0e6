package io.wishbone.it.cluster;

import io.wishbone.store.Caches;
import io.wishbone.store.NodeStoreTest;

/// The same with caches of a server.
class NodeStoreInCluster extends NodeStoreTest {

  @Override
  protected Caches emptyCaches() {
    return ServerCaches.empty();
  }
}
