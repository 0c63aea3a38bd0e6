package io.wishbone.store.remote;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.RemoteSchemasAdmin.SchemaOpResult;
import org.infinispan.client.hotrod.configuration.Configuration;
import org.infinispan.commons.configuration.StringConfiguration;

/// Looks every second whether the servers are there. When they come, at the start or after having
/// been away, it registers the schema and makes the caches that are missing, before anything else
/// is done there: servers that were started anew may have lost both.
final class StoreWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(StoreWatch.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// One answer that is late is not yet a server that is away.
  private static final int FAILURES = 2;

  private static final String ANY_KEY = "-";

  /// Every node names its sessions twice in this time.
  private static final Duration LATELY = Duration.ofSeconds(75);

  private static final long NEVER = Long.MIN_VALUE;

  private final RemoteCacheManager manager;
  private final Configuration administration;
  private final List<SwitchedCache> caches;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("store-watch").unstarted(this::run);
  private volatile boolean reachable;
  private volatile long backNanos = NEVER;
  private boolean hasBeenReachable;
  private boolean told;
  private int failures;

  /// @param administration how to reach the servers for what takes its time
  StoreWatch(
      RemoteCacheManager manager, Configuration administration, Collection<SwitchedCache> caches) {
    this.manager = manager;
    this.administration = administration;
    this.caches = List.copyOf(caches);
  }

  void start() {
    thread.start();
  }

  boolean isReachable() {
    return reachable;
  }

  /// Whether they came back a moment ago, and may have lost what they had.
  boolean areBackLately() {
    long back = backNanos;
    return back != NEVER && System.nanoTime() - back < LATELY.toNanos();
  }

  boolean await(Duration longest) {
    try {
      return reached.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException _) {
      LOG.log(System.Logger.Level.DEBUG, "Infinispan is not watched any more");
    }
  }

  private void look() {
    try {
      if (reachable) {
        var _ = manager.getCache(CacheKind.NODES.cacheName()).containsKey(ANY_KEY);
        failures = 0;
        return;
      }
      if (hasBeenReachable) {
        backNanos = System.nanoTime();
      }
      connect();
      reachable = true;
      hasBeenReachable = true;
      reached.countDown();
      LOG.log(System.Logger.Level.INFO, "Infinispan is reachable");
      told = false;
    } catch (RuntimeException | Error failure) {
      if (reachable && ++failures < FAILURES) {
        return;
      }
      reachable = false;
      caches.forEach(cache -> cache.switchTo(null));
      if (!told) {
        told = true;
        LOG.log(System.Logger.Level.WARNING, "Infinispan cannot be reached: {0}", reason(failure));
      }
    }
  }

  private void connect() {
    prepare();
    if (!manager.isStarted()) {
      manager.start();
    }
    for (SwitchedCache cache : caches) {
      RemoteCache<?, ?> target = manager.getCache(cache.kind().cacheName());
      if (target == null) {
        throw new IllegalStateException("there is no cache " + cache.kind().cacheName());
      }
      var _ = target.containsKey(ANY_KEY);
      cache.switchTo(target);
    }
  }

  private void prepare() {
    try (var preparing = new RemoteCacheManager(administration)) {
      var there = preparing.administration();
      SchemaOpResult registered = there.schemas().createOrUpdate(new GeneratedStoreSchema());
      if (registered.hasError()) {
        throw new IllegalStateException("the schema was refused: " + registered.getError());
      }
      // Asked for one that its configuration file has, a server would make another one.
      Set<String> present = preparing.getCacheNames();
      for (SwitchedCache cache : caches) {
        CacheKind kind = cache.kind();
        if (present.contains(kind.cacheName())) {
          continue;
        }
        var _ =
            there.getOrCreateCache(kind.cacheName(), new StringConfiguration(kind.configuration()));
      }
    }
  }

  private static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
