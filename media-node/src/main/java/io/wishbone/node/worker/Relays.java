package io.wishbone.node.worker;

import java.util.function.Consumer;

/// The relays of a worker, those that it begins and those that it serves.
public final class Relays {
  private final SourceWaits waits = new SourceWaits();
  private final MediaWorker worker;
  private final Rooms rooms;
  private final Upstreams upstreams;
  private final Downstreams downstreams;

  Relays(MediaWorker worker, Rooms rooms, RelayFactory factory, RelayParts parts) {
    this.worker = worker;
    this.rooms = rooms;
    this.upstreams = new Upstreams(worker, rooms, waits, factory, parts);
    this.downstreams = new Downstreams(worker, rooms, waits, factory, parts, upstreams);
  }

  /// Has a stream from elsewhere from now on. Nothing changes when it comes from there already, or
  /// from a publisher here.
  ///
  /// @param listener hears when the relay stands, or that it will not for now
  public void pull(PullRequest request, PullListener listener, long nowNanos) {
    upstreams.pull(request, listener, nowNanos);
    worker.touch();
  }

  /// Takes the reply to a [RelayCall]. False: nobody waits for it any more, and what the parent has
  /// opened can be closed.
  public boolean answered(String relayId, RelayReply reply, long nowNanos) {
    boolean taken = upstreams.answered(relayId, reply, nowNanos);
    worker.touch();
    return taken;
  }

  /// Sends another worker a stream. A request that comes a second time is answered as the first one
  /// was.
  ///
  /// @param done hears the outcome, at once or after a little while in which there may come a
  ///   source
  public void open(RelayRequest request, Consumer<OpenResult> done, long nowNanos) {
    downstreams.open(request, done, nowNanos);
    worker.touch();
  }

  /// Whether the stream has a source here, connected or not.
  public boolean hasSource(String stream) {
    return rooms.of(stream).source() != null;
  }

  /// Has a stream from elsewhere if it has no source here, and tells the waiter once it has one, or
  /// is known to get none for now, or the time is up, or the session is closed.
  ///
  /// @param sessionId of what the waiter is to open then
  public void bring(
      String sessionId,
      PullRequest request,
      long patienceNanos,
      long nowNanos,
      SourceWaiter waiter) {
    String stream = request.stream();
    if (hasSource(stream)) {
      worker.pullEnded(request.pullId());
    } else {
      upstreams.pull(request, _ -> {}, nowNanos);
    }
    boolean settled =
        hasSource(stream)
            || !upstreams.isPulled(stream)
            || !waits.add(sessionId, stream, nowNanos + patienceNanos, waiter);
    if (settled) {
      waiter.onSettled(nowNanos);
    }
    worker.touch();
  }

  /// Closes what waits for its stream's source. False: nothing waits that is called so.
  boolean close(String sessionId, String detail) {
    boolean waited = waits.close(sessionId, detail);
    if (waited) {
      // Perhaps nobody wants the stream any more.
      worker.touch();
    }
    return waited;
  }

  Upstreams upstreams() {
    return upstreams;
  }

  SourceWaits waits() {
    return waits;
  }

  void handleTimeout(long nowNanos) {
    upstreams.handleTimeout(nowNanos);
    waits.handleTimeout(nowNanos);
  }

  long nextTimeoutNanos() {
    return Math.min(upstreams.nextTimeoutNanos(), waits.nextTimeoutNanos());
  }
}
