package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.store.Caches;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.RevocationStoreTest;
import io.wishbone.store.remote.RemoteCaches;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The same with caches of a server.
class RevocationStoreInCluster extends RevocationStoreTest {

  @Override
  protected Caches emptyCaches() {
    return ServerCaches.empty();
  }

  @Test
  void isTheSameForEveryPodAtOnce() {
    try (RemoteCaches another = ServerCaches.another()) {
      var elsewhere = new RevocationStore(another.revocations());
      Instant now = Instant.now();
      var revoked = new RevocationRecord(RevocationKind.SUBJECT, "alice", now, now.plusSeconds(60));
      store.put(revoked);
      assertThat(elsewhere.find(RevocationKind.SUBJECT, "alice")).isEqualTo(revoked);
      assertThat(elsewhere.remove(revoked.id())).isTrue();
      assertThat(store.find(RevocationKind.SUBJECT, "alice")).isNull();
    }
  }
}
