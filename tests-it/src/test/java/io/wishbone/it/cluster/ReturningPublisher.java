package io.wishbone.it.cluster;

import io.wishbone.client.ClientParts;
import java.util.concurrent.atomic.AtomicInteger;

/// An encoder: whose session ends publishes again at once, and asks until it is let in, as often as
/// it is told to (`Retry-After`).
final class ReturningPublisher implements AutoCloseable {

  private static final long STEP_MILLIS = 10;
  private static final long RETRY_MILLIS = 100;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final ClientParts parts;
  private final Balancer balancer;
  private final String stream;
  private final AtomicInteger returns = new AtomicInteger();
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile LiveSession session;
  private volatile boolean over;
  private volatile double longestSeconds;
  private final Thread watching;

  ReturningPublisher(ClientParts parts, Balancer balancer, String stream) {
    this.parts = parts;
    this.balancer = balancer;
    this.stream = stream;
    session = open();
    watching = Thread.ofVirtual().start(this::watch);
  }

  LiveSession session() {
    return session;
  }

  /// How often it had to come again.
  int returns() {
    return returns.get();
  }

  /// How often it was told to ask later.
  int refusals() {
    return refusals.get();
  }

  /// The longest time from the end of one session to the answer for the next.
  double longestSeconds() {
    return longestSeconds;
  }

  private LiveSession open() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      var opening = LiveSession.post(LiveSession.publisher(parts), balancer.next(), "whip", stream);
      if (opening.response().statusCode() == 201) {
        return LiveSession.of(opening, stream);
      }
      refusals.incrementAndGet();
      if (!LiveSession.pauseAfter(opening.response(), RETRY_MILLIS)
          || System.nanoTime() > deadline) {
        throw new IllegalStateException("not let in: " + opening.response().body());
      }
    }
  }

  private void watch() {
    while (!over) {
      if (session.peer().closeReason() != null) {
        long ended = session.peer().closedNanos();
        session = open();
        returns.incrementAndGet();
        longestSeconds = Math.max(longestSeconds, (System.nanoTime() - ended) / 1e9);
      }
      Pause.of(STEP_MILLIS);
    }
  }

  @Override
  public void close() {
    over = true;
    watching.interrupt();
    session.delete(balancer.next());
  }
}
