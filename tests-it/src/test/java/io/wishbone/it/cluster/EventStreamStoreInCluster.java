package io.wishbone.it.cluster;

import io.wishbone.store.EventStreamStoreTest;

/// The same with caches of a server.
class EventStreamStoreInCluster extends EventStreamStoreTest {

  EventStreamStoreInCluster() {
    super(ServerCaches.empty());
  }
}
