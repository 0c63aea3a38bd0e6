package io.wishbone.store;

import io.wishbone.control.StreamName;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Streams whose publishers were sent to another cluster for want of room, so that viewers can be
/// sent after them. It is forgotten after a day, and when somebody publishes the stream here.
public final class DetourStore {

  /// Longer than nearly every broadcast.
  public static final Duration LIFESPAN = Duration.ofDays(1);

  private final BasicCache<String, String> cache;

  public DetourStore(BasicCache<String, String> cache) {
    this.cache = cache;
  }

  /// Notes where the publisher of the stream was sent.
  public void add(StreamName stream, URI base) {
    cache.put(stream.value(), base.toString(), LIFESPAN.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Null when it was sent nowhere.
  public @Nullable URI find(StreamName stream) {
    String base = cache.get(stream.value());
    return base == null ? null : URI.create(base);
  }

  public void remove(StreamName stream) {
    cache.remove(stream.value());
  }
}
