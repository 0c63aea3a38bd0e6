package io.wishbone.it.cluster;

import io.wishbone.store.Caches;
import io.wishbone.store.DetourStoreTest;

/// The same with caches of a server.
class DetourStoreInCluster extends DetourStoreTest {

  @Override
  protected Caches emptyCaches() {
    return ServerCaches.empty();
  }
}
