package io.wishbone.signaling.session;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.http.PatientConnection;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.StreamRecord;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Lets players wait for the publisher of their stream. Nobody polls: a waiting request sleeps on
/// its virtual thread until a media node says something of the stream, its time is over, or its
/// client has gone.
@Singleton
public final class PublisherArrivals {

  /// Clients and proxies give up a request that takes longer.
  static final Duration LONGEST = Duration.ofSeconds(30);

  /// Requests that wait at the same time; those beyond are answered at once.
  static final int PLACES = 1000;

  private final PublisherClaims claims;
  private final StreamStatuses statuses;
  private final CurrentVertxRequest current;
  private final Duration patience;
  private final Semaphore places = new Semaphore(PLACES);

  PublisherArrivals(
      PublisherClaims claims,
      StreamStatuses statuses,
      CurrentVertxRequest current,
      SignalingConfig config) {
    this.claims = claims;
    this.statuses = statuses;
    this.current = current;
    this.patience = config.whep().waitForPublisher();
    if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "wishbone.whep.wait-for-publisher is not between 0s and " + LONGEST.toSeconds() + "s");
    }
  }

  /// How many requests wait now.
  public int waiting() {
    return PLACES - places.availablePermits();
  }

  /// Waits, on the thread of the request, until the stream has a publisher.
  ///
  /// @return null when none has come in time
  @Nullable StreamRecord await(StreamName stream) {
    if (patience.isZero() || !places.tryAcquire()) {
      return null;
    }
    var woken = new Semaphore(0);
    var gone = new AtomicBoolean();
    try (var _ = statuses.subscribe(stream, woken::release);
        var _ = connection(gone, woken)) {
      return await(stream, woken, gone);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("the server is stopping", 2);
    } finally {
      places.release();
    }
  }

  private @Nullable StreamRecord await(StreamName stream, Semaphore woken, AtomicBoolean gone)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!gone.get()) {
      StreamRecord published = claims.publisher(stream);
      if (published != null) {
        return published;
      }
      if (!woken.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return null;
      }
      woken.drainPermits();
    }
    return null;
  }

  private PatientConnection connection(AtomicBoolean gone, Semaphore woken) {
    RoutingContext routing = current.getCurrent();
    return PatientConnection.of(
        routing,
        () -> {
          gone.set(true);
          woken.release();
        });
  }
}
