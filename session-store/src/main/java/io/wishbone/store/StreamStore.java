package io.wishbone.store;

import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Who publishes which stream: at most one session each. It is forgotten, like the session, when
/// nobody has renewed it for long.
public final class StreamStore {

  private final BasicCache<String, StreamRecord> cache;
  private final Duration lifespan;

  public StreamStore(BasicCache<String, StreamRecord> cache) {
    this(cache, SessionStore.OPEN_LIFESPAN);
  }

  public StreamStore(BasicCache<String, StreamRecord> cache, Duration lifespan) {
    this.cache = cache;
    this.lifespan = lifespan;
  }

  /// Gives the stream to a publisher, unless it has one.
  ///
  /// @return null when the stream was free, otherwise who publishes it
  public @Nullable StreamRecord claim(StreamRecord stream) {
    StreamRecord present =
        cache.putIfAbsent(
            stream.stream().value(), stream, lifespan.toMillis(), TimeUnit.MILLISECONDS);
    // A claim that was repeated, because its first answer got lost, finds itself.
    return stream.equals(present) ? null : present;
  }

  /// Gives the stream from one publisher to another, unless that happened meanwhile.
  public boolean replace(StreamRecord current, StreamRecord next) {
    return CompareAndSet.replace(cache, current.stream().value(), current, next, lifespan);
  }

  /// Notes that the publisher is alive, if it is this one.
  ///
  /// @return who publishes the stream, null when nobody does
  public @Nullable StreamRecord renew(StreamName stream, SessionId publisher) {
    StreamRecord current = find(stream);
    if (current != null && current.publisher().equals(publisher)) {
      // Whoever replaces it at the same time wins.
      var _ = replace(current, current);
    }
    return current;
  }

  public @Nullable StreamRecord find(StreamName stream) {
    return cache.get(stream.value());
  }

  /// Makes the stream free if it is still this session that publishes it.
  public boolean free(StreamName stream, SessionId publisher) {
    StreamRecord current = find(stream);
    return current != null
        && current.publisher().equals(publisher)
        && cache.remove(stream.value(), current);
  }

  /// The same for a publisher of whom all is known, which mostly saves a look.
  public boolean free(SessionRecord publisher) {
    return cache.remove(publisher.stream().value(), StreamRecord.of(publisher))
        || free(publisher.stream(), publisher.id());
  }

  /// Every stream that has a publisher. Slow: for people, not for requests.
  public List<StreamRecord> all() {
    return List.copyOf(cache.values());
  }
}
