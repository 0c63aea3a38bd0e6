package io.wishbone.store.remote;

import io.wishbone.control.SessionId;
import io.wishbone.store.Caches;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.EventStreamsRecord;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.Remembered;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.StreamRecord;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.Configuration;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Caches on Infinispan Servers, by Hot Rod. They may be away, at the start as well: then every
/// operation fails in about two seconds, or at once when it is known, and a thread of its own tries
/// to reach them until they are back. A request waits no longer for all of its operations.
public final class RemoteCaches implements Caches, Remembered, AutoCloseable {

  /// For making caches, which takes longer, and is nothing that anybody waits for.
  private static final Duration ADMINISTRATION = Duration.ofSeconds(15);

  private final RemoteCacheManager manager;
  private final Map<CacheKind, SwitchedCache> caches = new EnumMap<>(CacheKind.class);
  private final LastSeen<SessionRecord> lastSeen;
  private final BasicCache<String, SessionRecord> sessions;
  private final BasicCache<String, NodeRecord> nodes;
  private final StoreWatch watch;

  public RemoteCaches(RemoteSettings settings) {
    manager = new RemoteCacheManager(configuration(settings, settings.timeout()), false);
    for (CacheKind kind : CacheKind.values()) {
      caches.put(kind, new SwitchedCache(kind));
    }
    lastSeen =
        new LastSeen<>(cache(CacheKind.SESSIONS), session -> session.state() != SessionState.ENDED);
    sessions = lastSeen.view();
    nodes = new NearCopy<NodeRecord>(cache(CacheKind.NODES)).view();
    watch = new StoreWatch(manager, configuration(settings, ADMINISTRATION), caches.values());
    watch.start();
  }

  private static Configuration configuration(RemoteSettings settings, Duration timeout) {
    var builder = new ConfigurationBuilder();
    builder.withProperties(settings.clientProperties());
    builder.addServers(settings.servers());
    builder
        // What the compare-and-set of the stores rests on.
        .forceReturnValues(true)
        .marshaller(new PatientMarshaller())
        .addContextInitializer(new GeneratedStoreSchema())
        .connectionTimeout((int) timeout.toMillis())
        .socketTimeout((int) timeout.toMillis())
        .maxRetries(1)
        .statistics()
        .disable();
    if (settings.username() != null && settings.password() != null) {
      builder
          .security()
          .authentication()
          .enable()
          .username(settings.username())
          .password(settings.password());
    }
    return builder.build();
  }

  /// Whether they could be reached a moment ago.
  public boolean isReachable() {
    return watch.isReachable();
  }

  /// How often an entry was met that could not be read, and was passed over.
  public long unreadable() {
    return caches.values().stream().mapToLong(SwitchedCache::unreadable).sum();
  }

  /// Waits until they can be reached.
  ///
  /// @return false when the time is over first
  public boolean await(Duration longest) {
    return watch.await(longest);
  }

  @Override
  public Remembered remembered() {
    return this;
  }

  @Override
  public boolean isAskedFor() {
    return watch.areBackLately();
  }

  @Override
  public @Nullable SessionRecord session(SessionId id) {
    return lastSeen.find(id.value());
  }

  @Override
  public void watch(Consumer<SessionRecord> watcher) {
    lastSeen.watch(watcher);
  }

  @Override
  public void note(SessionRecord session) {
    lastSeen.heard(
        session.id().value(),
        before -> before != null && before.state() == SessionState.ENDED ? null : session);
  }

  @Override
  public void end(SessionId id) {
    lastSeen.heard(
        id.value(), before -> before == null ? null : before.withState(SessionState.ENDED));
  }

  @Override
  public BasicCache<String, SessionRecord> sessions() {
    return sessions;
  }

  @Override
  public BasicCache<String, StreamRecord> streams() {
    return cache(CacheKind.STREAMS);
  }

  @Override
  public BasicCache<String, NodeRecord> nodes() {
    return nodes;
  }

  @Override
  public BasicCache<String, RevocationRecord> revocations() {
    return cache(CacheKind.REVOCATIONS);
  }

  @Override
  public BasicCache<String, EventStreamsRecord> eventStreams() {
    return cache(CacheKind.EVENT_STREAMS);
  }

  @Override
  public BasicCache<String, String> detours() {
    return cache(CacheKind.DETOURS);
  }

  @Override
  public BasicCache<String, EdgesRecord> edges() {
    return cache(CacheKind.EDGES);
  }

  @Override
  public BasicCache<String, String> lostNodes() {
    return cache(CacheKind.LOST_NODES);
  }

  private <V> BasicCache<String, V> cache(CacheKind kind) {
    SwitchedCache cache = caches.get(kind);
    if (cache == null) {
      throw new IllegalStateException("there is one of each kind");
    }
    return TimelyCache.of(cache.view());
  }

  @Override
  public void close() {
    watch.close();
    manager.close();
  }
}
