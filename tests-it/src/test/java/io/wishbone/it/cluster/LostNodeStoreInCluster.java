package io.wishbone.it.cluster;

import io.wishbone.store.Caches;
import io.wishbone.store.LostNodeStoreTest;

/// The same with caches of a server.
class LostNodeStoreInCluster extends LostNodeStoreTest {

  @Override
  protected Caches emptyCaches() {
    return ServerCaches.empty();
  }
}
