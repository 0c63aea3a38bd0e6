package io.wishbone.signaling.events;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The latest that media nodes have said of each stream. Kept in memory and never stored: nodes say
/// it again every few seconds, and what they stop to repeat is forgotten, since they have died.
///
/// Safe for use by many threads.
@Singleton
public final class StreamStatuses {

  /// Several times the interval in which nodes repeat themselves.
  static final Duration LIFESPAN = Duration.ofSeconds(16);

  private static final Logger LOG = Logger.getLogger(StreamStatuses.class);

  private record Heard(StreamStatus status, long atNanos) {}

  private final LongSupplier clock;
  private final Map<StreamName, Map<NodeId, Heard>> heard = new ConcurrentHashMap<>();
  private final Map<StreamName, Set<Runnable>> listeners = new ConcurrentHashMap<>();

  StreamStatuses() {
    this(System::nanoTime);
  }

  /// @param clock monotonic nanoseconds
  public StreamStatuses(LongSupplier clock) {
    this.clock = clock;
  }

  /// Ends a subscription.
  public interface Subscription extends AutoCloseable {

    @Override
    void close();
  }

  /// How the stream is doing.
  public StreamState find(StreamName stream) {
    Map<NodeId, Heard> reports = heard.get(stream);
    return reports == null
        ? StreamState.UNKNOWN
        : StreamState.of(reports.values().stream().map(Heard::status).toList());
  }

  /// The nodes at which the stream has viewers, whether it gets there or not.
  public Set<NodeId> audiences(StreamName stream) {
    return heard.getOrDefault(stream, Map.of()).values().stream()
        .map(Heard::status)
        .filter(status -> status.viewers() > 0)
        .map(StreamStatus::node)
        .collect(Collectors.toSet());
  }

  /// Calls `listener` whenever something was said of the stream. It must not block.
  public Subscription subscribe(StreamName stream, Runnable listener) {
    listeners.compute(stream, (_, present) -> with(present, listener));
    return () -> listeners.computeIfPresent(stream, (_, present) -> without(present, listener));
  }

  /// Takes a report in.
  public void take(StreamStatus status) {
    boolean isLast = !status.live() && status.viewers() == 0;
    heard.compute(
        status.stream(),
        (_, present) -> {
          Map<NodeId, Heard> reports = present == null ? new ConcurrentHashMap<>() : present;
          if (isLast) {
            reports.remove(status.node());
          } else {
            reports.put(status.node(), new Heard(status, clock.getAsLong()));
          }
          return reports.isEmpty() ? null : reports;
        });
    tell(status.stream());
  }

  /// Forgets what nobody has repeated for long. To be called now and then.
  public void forgetOld() {
    long oldest = clock.getAsLong() - LIFESPAN.toNanos();
    forget(report -> report.atNanos() < oldest);
  }

  /// Forgets what a node has said that is gone.
  void forget(NodeId node) {
    forget(report -> report.status().node().equals(node));
  }

  private void forget(Predicate<Heard> isOld) {
    for (StreamName stream : Set.copyOf(heard.keySet())) {
      boolean[] changed = {false};
      heard.computeIfPresent(
          stream,
          (_, reports) -> {
            changed[0] = reports.values().removeIf(isOld);
            return reports.isEmpty() ? null : reports;
          });
      if (changed[0]) {
        tell(stream);
      }
    }
  }

  private void tell(StreamName stream) {
    for (Runnable listener : listeners.getOrDefault(stream, Set.of())) {
      try {
        listener.run();
      } catch (RuntimeException failure) {
        LOG.errorf(failure, "A listener to stream %s failed", stream);
      }
    }
  }

  private static Set<Runnable> with(@Nullable Set<Runnable> present, Runnable listener) {
    Set<Runnable> all = present == null ? ConcurrentHashMap.newKeySet() : present;
    all.add(listener);
    return all;
  }

  private static @Nullable Set<Runnable> without(Set<Runnable> present, Runnable listener) {
    present.remove(listener);
    return present.isEmpty() ? null : present;
  }
}
