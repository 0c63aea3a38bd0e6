package io.wishbone.it.cluster;

import io.wishbone.store.EdgeStoreTest;

/// The same with caches of a server.
class EdgeStoreInCluster extends EdgeStoreTest {

  EdgeStoreInCluster() {
    super(ServerCaches.empty());
  }
}
