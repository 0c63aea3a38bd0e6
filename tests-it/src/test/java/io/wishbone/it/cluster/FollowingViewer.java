package io.wishbone.it.cluster;

import io.wishbone.client.ClientParts;
import io.wishbone.it.conformance.SoundPeer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A player that does what it is told: reads its events, opens another session on `reconnect`, and
/// leaves the old one once the new one brings something. Whose event stream ends comes back to it,
/// and whose session ends opens another.
final class FollowingViewer implements AutoCloseable {

  private static final long STEP_MILLIS = 20;
  private static final long RETRY_MILLIS = 300;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ClientParts parts;
  private final Balancer balancer;
  private final String stream;
  private final String region;
  private final Arrivals arrivals = new Arrivals();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger moves = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger readings = new AtomicInteger();
  private volatile LiveSession session;
  private volatile boolean sentAway;
  private volatile boolean over;
  private final Thread following;

  FollowingViewer(ClientParts parts, Balancer balancer, String stream) {
    this(parts, balancer, stream, "");
  }

  /// The same in a region, which pods of a cluster with regions believe.
  FollowingViewer(ClientParts parts, Balancer balancer, String stream, String region) {
    this.parts = parts;
    this.balancer = balancer;
    this.stream = stream;
    this.region = region;
    session = open();
    read(session);
    following = Thread.ofVirtual().start(this::follow);
  }

  LiveSession session() {
    return session;
  }

  Arrivals arrivals() {
    return arrivals;
  }

  /// Sessions that it has left because it was told to.
  int moves() {
    return moves.get();
  }

  /// Sessions that ended under it.
  int losses() {
    return losses.get();
  }

  /// Connections over which it has read events.
  int readings() {
    return readings.get();
  }

  private LiveSession open() {
    SoundPeer peer = LiveSession.viewer(parts);
    peer.onArrival(arrivals::arrived);
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      var opening = LiveSession.post(peer, balancer.next(), "whep", stream, region);
      if (opening.response().statusCode() == 201) {
        return LiveSession.of(opening, stream);
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(opening.response().statusCode() + opening.response().body());
      }
      LiveSession.pauseAfter(opening.response(), STEP_MILLIS * 5);
    }
  }

  private void follow() {
    while (!over) {
      LiveSession present = session;
      boolean isLost = present.peer().closeReason() != null;
      if (isLost || sentAway) {
        sentAway = false;
        LiveSession next = open();
        awaitSomething(next);
        session = next;
        read(next);
        (isLost ? losses : moves).incrementAndGet();
        present.delete(balancer.next());
        closeQuietly(present);
      }
      Pause.of(STEP_MILLIS);
    }
  }

  private static void awaitSomething(LiveSession next) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (next.peer().receivedCount() == 0
        && next.peer().closeReason() == null
        && System.nanoTime() < deadline) {
      Pause.of(STEP_MILLIS);
    }
  }

  private static void closeQuietly(LiveSession left) {
    try {
      left.peer().close();
    } catch (Exception _) {
      // It has ended already.
    }
  }

  private void read(LiveSession of) {
    Thread.ofVirtual()
        .start(() -> {
          String made = make(of);
          while (!over && session == of && made != null) {
            readings.incrementAndGet();
            readOnce(of, made);
            Pause.of(RETRY_MILLIS);
          }
        });
  }

  private String make(LiveSession of) {
    var made =
        LiveSession.send(
            HttpRequest.newBuilder(balancer.next().resolve(of.path() + "/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[\"reconnect\"]")));
    return made.headers()
        .firstValue("Location")
        .map(each -> URI.create(each).getPath())
        .orElse(null);
  }

  private void readOnce(LiveSession of, String path) {
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(balancer.next().resolve(path)).build(),
              BodyHandlers.ofInputStream());
      try (var text =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          if (line.replace(" ", "").equals("event:reconnect") && session == of) {
            sentAway = true;
          }
        }
      }
    } catch (IOException | RuntimeException _) {
      // It comes back to it.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    over = true;
    following.interrupt();
    http.shutdownNow();
    session.delete(balancer.next());
  }
}
