package io.wishbone.it.cluster;

import io.wishbone.store.StreamStoreTest;

/// The same with caches of a server.
class StreamStoreInCluster extends StreamStoreTest {

  StreamStoreInCluster() {
    super(ServerCaches.empty());
  }
}
