package io.wishbone.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// What is revoked. Each revocation is forgotten by itself when its time is over.
public final class RevocationStore {

  private final BasicCache<String, RevocationRecord> cache;

  public RevocationStore(BasicCache<String, RevocationRecord> cache) {
    this.cache = cache;
  }

  /// Adds one, in the place of one of the same thing.
  public void put(RevocationRecord revocation) {
    Duration rest = Duration.between(revocation.revokedAt(), revocation.until());
    cache.put(revocation.id(), revocation, rest.toMillis(), TimeUnit.MILLISECONDS);
  }

  public @Nullable RevocationRecord find(RevocationKind kind, String value) {
    return cache.get(RevocationRecord.id(kind, value));
  }

  public @Nullable RevocationRecord find(String id) {
    return cache.get(id);
  }

  /// Gives access back.
  ///
  /// @return false when there was no such revocation
  public boolean remove(String id) {
    return cache.remove(id) != null;
  }

  /// Every one there is. Slow: for people, not for requests.
  public List<RevocationRecord> all() {
    return List.copyOf(cache.values());
  }
}
