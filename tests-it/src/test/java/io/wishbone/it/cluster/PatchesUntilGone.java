package io.wishbone.it.cluster;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Somebody who asks for a session again and again, whatever becomes of earlier requests, until it
/// is said to be gone.
final class PatchesUntilGone {

  private static final int INTERVAL_MILLIS = 200;
  private static final long PATIENCE_SECONDS = 60;

  private final LiveSession session;
  private final URI pod;
  private final long begin = System.nanoTime();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Double> gone = new CompletableFuture<>();

  /// @param after the beginning, in seconds, like how long it took
  private record Asked(double after, double took) {}

  PatchesUntilGone(LiveSession session, URI pod) {
    this.session = session;
    this.pod = pod;
    Thread.startVirtualThread(this::run);
  }

  private void run() {
    while (!gone.isDone() && seconds() < PATIENCE_SECONDS) {
      Thread.startVirtualThread(this::ask);
      Pause.of(INTERVAL_MILLIS);
    }
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private void ask() {
    double after = seconds();
    int status = session.patch(pod).statusCode();
    asked.add(new Asked(after, seconds() - after));
    if (status == 404) {
      gone.complete(seconds());
    }
  }

  /// @return after how many seconds one was answered by 404
  double awaitGone() throws Exception {
    return gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// The longest that one was waited for, in seconds, of those that came so many seconds after the
  /// beginning.
  double longest(double from) {
    return asked.stream()
        .filter(each -> each.after() >= from)
        .mapToDouble(Asked::took)
        .max()
        .orElse(0);
  }
}
