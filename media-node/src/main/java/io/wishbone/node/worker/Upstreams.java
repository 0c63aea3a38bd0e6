package io.wishbone.node.worker;

import io.wishbone.node.relay.RelayAnswer;
import io.wishbone.node.relay.RelayDescription;
import io.wishbone.node.relay.RelayRejectedException;
import io.wishbone.webrtc.sdp.IceCredentials;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The streams that a worker has from elsewhere.
///
/// A stream has one upstream at most, and while it is about to get another parent, a successor that
/// takes over once it is connected. An upstream lasts as long as somebody gets the stream here, and
/// a little longer: a relay that is lost is asked for anew.
final class Upstreams {
  /// Longer than carriers wait for a reply.
  private static final long ANSWER_PATIENCE_NANOS = 5_000_000_000L;

  private final MediaWorker worker;
  private final Rooms rooms;
  private final SourceWaits waits;
  private final RelayFactory factory;
  private final RelayParts parts;
  private final Map<String, Upstream> current = new HashMap<>();
  private final Map<String, Upstream> successors = new HashMap<>();

  Upstreams(
      MediaWorker worker, Rooms rooms, SourceWaits waits, RelayFactory factory, RelayParts parts) {
    this.worker = worker;
    this.rooms = rooms;
    this.waits = waits;
    this.factory = factory;
    this.parts = parts;
  }

  int size() {
    return current.size() + successors.size();
  }

  /// Whether the stream comes, or is about to come, from elsewhere.
  boolean isPulled(String stream) {
    return current.containsKey(stream);
  }

  /// Whether the stream comes, or is about to come, from there.
  boolean isFrom(String stream, Parent parent) {
    return isFrom(current.get(stream), parent) || isFrom(successors.get(stream), parent);
  }

  private static boolean isFrom(@Nullable Upstream upstream, Parent parent) {
    return upstream != null && upstream.parent().equals(parent);
  }

  void pull(PullRequest request, PullListener listener, long nowNanos) {
    String stream = request.stream();
    Upstream present = current.get(stream);
    Upstream next = successors.get(stream);
    Upstream wanted = next == null ? present : next;
    if (rooms.of(stream).publisher() != null) {
      worker.pullEnded(request.pullId());
      listener.onSettled(new ChangeResult.Done());
    } else if (parts.node().equals(request.parent().node())) {
      worker.pullEnded(request.pullId());
      listener.onSettled(refused(RefusalReason.STREAM_ABSENT, "a node has no stream from itself"));
    } else if (wanted != null && wanted.parent().equals(request.parent())) {
      join(wanted, request, listener, nowNanos);
    } else if (present == null && size() >= parts.limits().perWorker()) {
      worker.pullEnded(request.pullId());
      listener.onSettled(refused(RefusalReason.FULL, "the worker has as many relays as it takes"));
    } else {
      begin(request, listener, nowNanos);
    }
  }

  /// The stream comes from there already, or is about to.
  private void join(Upstream wanted, PullRequest request, PullListener listener, long nowNanos) {
    if (!wanted.request().pullId().equals(request.pullId())) {
      worker.pullEnded(request.pullId());
    }
    wanted.used(nowNanos);
    if (wanted.isConnected()) {
      listener.onSettled(new ChangeResult.Done());
      return;
    }
    wanted.listen(listener);
    if (wanted.state() == Upstream.State.WAITING) {
      wanted.hurry(nowNanos);
      handleTimeout(wanted, nowNanos);
    }
  }

  /// Another parent takes over: at once if there is nothing to lose, else when it is connected.
  private void begin(PullRequest request, PullListener listener, long nowNanos) {
    var beginning = new Upstream(request, nowNanos);
    beginning.listen(listener);
    Upstream present = current.get(request.stream());
    Upstream superseded = successors.remove(request.stream());
    if (superseded != null) {
      superseded.handListenersTo(beginning);
      drop(superseded, EndReason.REPLACED, "another parent was named", nowNanos);
    }
    if (present != null && present.isConnected()) {
      successors.put(request.stream(), beginning);
    } else {
      current.put(request.stream(), beginning);
      if (present != null) {
        present.handListenersTo(beginning);
        drop(present, EndReason.REPLACED, "another parent was named", nowNanos);
      }
    }
    ask(beginning, nowNanos);
  }

  private void ask(Upstream upstream, long nowNanos) {
    IceCredentials credentials = factory.newCredentials();
    String relayId = upstream.isAsked() ? factory.newRelayId() : upstream.relayId();
    upstream.asking(relayId, credentials, nowNanos + ANSWER_PATIENCE_NANOS);
    parts
        .requests()
        .ask(
            new RelayCall(
                relayId, upstream.stream(), upstream.parent(), factory.offer(credentials)));
  }

  /// False: nobody waits for this answer any more.
  boolean answered(String relayId, RelayReply reply, long nowNanos) {
    Upstream upstream = asking(relayId);
    if (upstream == null) {
      return false;
    }
    switch (reply) {
      case RelayReply.Answered answered -> link(upstream, answered.sdp(), nowNanos);
      case RelayReply.Refused refused ->
          failed(upstream, refused(refused.reason(), refused.detail()), nowNanos);
    }
    return upstream.session() != null;
  }

  private @Nullable Upstream asking(String relayId) {
    for (Upstream upstream : all()) {
      if (upstream.state() == Upstream.State.ASKING && upstream.relayId().equals(relayId)) {
        return upstream;
      }
    }
    return null;
  }

  private List<Upstream> all() {
    List<Upstream> all = new ArrayList<>(current.values());
    all.addAll(successors.values());
    return all;
  }

  private void link(Upstream upstream, String sdp, long nowNanos) {
    try {
      RelayAnswer answer = RelayAnswer.read(sdp);
      List<String> path = path(upstream, answer.description());
      if (path == null) {
        var loop = refused(RefusalReason.STREAM_ABSENT, "the parent has the stream from here");
        failed(upstream, loop, nowNanos);
        return;
      }
      WorkerSession session =
          factory.upstream(
              worker,
              upstream.relayId(),
              rooms.of(upstream.stream()),
              upstream.credentials(),
              answer,
              nowNanos);
      upstream.linked(session, path);
      worker.admit(session);
      if (current.get(upstream.stream()) == upstream) {
        attach(upstream, session, nowNanos);
      }
    } catch (RelayRejectedException rejected) {
      String why = String.valueOf(rejected.getMessage());
      failed(upstream, refused(RefusalReason.MALFORMED_OFFER, why), nowNanos);
    }
  }

  /// The nodes before this one, of which the last is the one that was asked; null when this one is
  /// among them, or they are too many.
  private @Nullable List<String> path(Upstream upstream, RelayDescription description) {
    List<String> path = description.path();
    if (upstream.parent().isSameNode()) {
      path = path.subList(0, path.size() - 1);
    } else if (!path.getLast().equals(upstream.parent().node())) {
      return null;
    }
    return path.contains(parts.node()) || path.size() >= RelayDescription.MAX_PATH ? null : path;
  }

  private void attach(Upstream upstream, WorkerSession session, long nowNanos) {
    session.room().path(upstream.path(), !upstream.parent().isSameNode());
    worker.attach(session, nowNanos);
  }

  /// The relay stands.
  void connected(WorkerSession session, long nowNanos) {
    Upstream upstream = of(session);
    if (upstream == null) {
      return;
    }
    upstream.connected();
    upstream.used(nowNanos);
    if (successors.remove(upstream.stream(), upstream)) {
      Upstream before = current.put(upstream.stream(), upstream);
      attach(upstream, session, nowNanos);
      if (before != null) {
        before.handListenersTo(upstream);
        drop(before, EndReason.REPLACED, "another parent sends the stream", nowNanos);
      }
    }
    upstream.tell(new ChangeResult.Done());
  }

  private @Nullable Upstream of(WorkerSession session) {
    for (Upstream upstream : all()) {
      if (upstream.session() == session) {
        return upstream;
      }
    }
    return null;
  }

  /// The relay is gone, whoever ended it.
  void ended(WorkerSession session, EndReason reason, String detail, long nowNanos) {
    Upstream upstream = of(session);
    if (upstream == null) {
      return;
    }
    if (reason == EndReason.CLOSED) {
      forget(upstream);
      upstream.tell(refused(RefusalReason.STREAM_ABSENT, detail));
      waits.settle(upstream.stream(), nowNanos);
    } else {
      failed(upstream, refused(RefusalReason.STREAM_ABSENT, detail), nowNanos);
    }
  }

  /// There is no relay for now. It is asked for anew as long as somebody here waits for the stream.
  private void failed(Upstream upstream, ChangeResult why, long nowNanos) {
    upstream.failed(nowNanos);
    boolean given = successors.containsValue(upstream) || !isUsed(upstream);
    if (given) {
      forget(upstream);
    }
    upstream.tell(why);
    waits.settle(upstream.stream(), nowNanos);
  }

  private boolean isUsed(Upstream upstream) {
    return rooms.of(upstream.stream()).isUsed();
  }

  private void forget(Upstream upstream) {
    if (current.remove(upstream.stream(), upstream)
        || successors.remove(upstream.stream(), upstream)) {
      worker.pullEnded(upstream.request().pullId());
    }
  }

  /// Ends what is there of an upstream that is in no map any more.
  private void drop(Upstream gone, EndReason reason, String detail, long nowNanos) {
    worker.pullEnded(gone.request().pullId());
    gone.tell(refused(RefusalReason.STREAM_ABSENT, detail));
    WorkerSession session = gone.session();
    if (session != null) {
      worker.end(session, reason, detail, nowNanos);
    }
  }

  /// A publisher has come: nothing is pulled any more.
  void publisherCame(String stream, long nowNanos) {
    for (Map<String, Upstream> map : List.of(current, successors)) {
      Upstream gone = map.remove(stream);
      if (gone != null) {
        gone.tell(new ChangeResult.Done());
        drop(gone, EndReason.REPLACED, "a publisher sends the stream", nowNanos);
      }
    }
  }

  /// Ends what a request to pull has begun. False: there is no such request.
  boolean close(String pullId, String detail, long nowNanos) {
    for (Upstream upstream : all()) {
      if (upstream.request().pullId().equals(pullId)) {
        current.remove(upstream.stream(), upstream);
        successors.remove(upstream.stream(), upstream);
        drop(upstream, EndReason.CLOSED, detail, nowNanos);
        waits.settle(upstream.stream(), nowNanos);
        return true;
      }
    }
    return false;
  }

  void closeAll(String detail, long nowNanos) {
    for (Upstream upstream : all()) {
      close(upstream.request().pullId(), detail, nowNanos);
    }
  }

  /// Somebody has stopped to get the stream.
  void left(String stream, long nowNanos) {
    Upstream upstream = current.get(stream);
    if (upstream != null) {
      upstream.used(nowNanos);
    }
  }

  void handleTimeout(long nowNanos) {
    for (Upstream upstream : all()) {
      handleTimeout(upstream, nowNanos);
    }
  }

  private void handleTimeout(Upstream upstream, long nowNanos) {
    if (idleNanos(upstream) <= nowNanos) {
      current.remove(upstream.stream(), upstream);
      successors.remove(upstream.stream(), upstream);
      drop(upstream, EndReason.CLOSED, "nobody gets the stream here any more", nowNanos);
    } else if (upstream.dueNanos() <= nowNanos) {
      switch (upstream.state()) {
        case WAITING -> ask(upstream, nowNanos);
        case ASKING ->
            failed(
                upstream,
                refused(RefusalReason.STREAM_ABSENT, upstream.parent() + " did not answer"),
                nowNanos);
        case LINKED -> {}
      }
    }
  }

  /// When the upstream ends because nobody has got the stream here for a while. A successor lasts
  /// for as long as it takes to connect.
  private long idleNanos(Upstream upstream) {
    boolean needed =
        isUsed(upstream)
            || upstream.isListenedTo()
            || waits.isAwaited(upstream.stream())
            || successors.get(upstream.stream()) == upstream;
    return needed ? Long.MAX_VALUE : upstream.usedNanos() + parts.limits().lingerNanos();
  }

  long nextTimeoutNanos() {
    long next = Long.MAX_VALUE;
    for (Upstream upstream : all()) {
      next = Math.min(next, Math.min(upstream.dueNanos(), idleNanos(upstream)));
    }
    return next;
  }

  private static ChangeResult refused(RefusalReason reason, String detail) {
    return new ChangeResult.Refused(reason, detail);
  }
}
