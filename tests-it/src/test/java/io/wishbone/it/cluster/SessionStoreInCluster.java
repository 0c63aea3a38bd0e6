package io.wishbone.it.cluster;

import io.wishbone.store.SessionStoreTest;

/// The same with caches of a server.
class SessionStoreInCluster extends SessionStoreTest {

  SessionStoreInCluster() {
    super(ServerCaches.empty());
  }
}
