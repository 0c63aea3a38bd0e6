package io.wishbone.store;

import org.infinispan.commons.api.BasicCache;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.configuration.global.GlobalConfigurationBuilder;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.manager.EmbeddedCacheManager;

/// Caches on the heap of this process, for a server that runs as one process. Not clustered,
/// nothing is written to disk.
public final class EmbeddedCaches implements Caches, AutoCloseable {

  private static final long EXPIRATION_SWEEP_MILLIS = 5_000;
  private static final int MOST_DETOURS = 100_000;

  private final EmbeddedCacheManager manager;
  private final BasicCache<String, SessionRecord> sessions;
  private final BasicCache<String, StreamRecord> streams;
  private final BasicCache<String, NodeRecord> nodes;
  private final BasicCache<String, RevocationRecord> revocations;
  private final BasicCache<String, EventStreamsRecord> eventStreams;
  private final BasicCache<String, String> detours;
  private final BasicCache<String, EdgesRecord> edges;
  private final BasicCache<String, String> lostNodes;

  public EmbeddedCaches() {
    var global = new GlobalConfigurationBuilder().nonClusteredDefault();
    global.jmx().disable();
    global.metrics().gauges(false).histograms(false);
    global.shutdown().hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
    manager = new DefaultCacheManager(global.build());
    Configuration cache =
        new ConfigurationBuilder().expiration().wakeUpInterval(EXPIRATION_SWEEP_MILLIS).build();
    sessions = manager.createCache("sessions", cache);
    streams = manager.createCache("streams", cache);
    nodes = manager.createCache("nodes", cache);
    revocations = manager.createCache("revocations", cache);
    eventStreams = manager.createCache("event-streams", cache);
    edges = manager.createCache("edges", cache);
    lostNodes = manager.createCache("lost-nodes", cache);
    var bounded = new ConfigurationBuilder().read(cache).memory().maxCount(MOST_DETOURS).build();
    detours = manager.createCache("detours", bounded);
  }

  @Override
  public BasicCache<String, SessionRecord> sessions() {
    return sessions;
  }

  @Override
  public BasicCache<String, StreamRecord> streams() {
    return streams;
  }

  @Override
  public BasicCache<String, NodeRecord> nodes() {
    return nodes;
  }

  @Override
  public BasicCache<String, RevocationRecord> revocations() {
    return revocations;
  }

  @Override
  public BasicCache<String, EventStreamsRecord> eventStreams() {
    return eventStreams;
  }

  @Override
  public BasicCache<String, String> detours() {
    return detours;
  }

  @Override
  public BasicCache<String, EdgesRecord> edges() {
    return edges;
  }

  @Override
  public BasicCache<String, String> lostNodes() {
    return lostNodes;
  }

  @Override
  public void close() {
    manager.stop();
  }
}
