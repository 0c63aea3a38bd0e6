package io.wishbone.node.worker;

import io.wishbone.node.relay.RelayDescription;
import io.wishbone.node.relay.RelayRejectedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The streams that a worker sends on to others: decides which of those relays come about.
final class Downstreams {
  /// Less than carriers wait for a reply. An edge whose parent has lost its source asks again and
  /// again: it hears at once when there is another.
  private static final long SOURCE_PATIENCE_NANOS = 2_000_000_000L;

  private final MediaWorker worker;
  private final Rooms rooms;
  private final SourceWaits waits;
  private final RelayFactory factory;
  private final RelayParts parts;
  private final Upstreams upstreams;

  Downstreams(
      MediaWorker worker,
      Rooms rooms,
      SourceWaits waits,
      RelayFactory factory,
      RelayParts parts,
      Upstreams upstreams) {
    this.worker = worker;
    this.rooms = rooms;
    this.waits = waits;
    this.factory = factory;
    this.parts = parts;
    this.upstreams = upstreams;
  }

  /// Opens a relay as soon as there is something to relay, which is waited for a little.
  void open(RelayRequest request, Consumer<OpenResult> done, long nowNanos) {
    open(request, nowNanos + SOURCE_PATIENCE_NANOS, done, nowNanos);
  }

  private void open(
      RelayRequest request, long deadlineNanos, Consumer<OpenResult> done, long nowNanos) {
    boolean decided =
        nowNanos >= deadlineNanos
            || worker.session(request.relayId()) != null
            || isLoop(request)
            || isHopeless(request)
            || rooms.of(request.stream()).isRelayable();
    if (decided) {
      done.accept(open(request, nowNanos));
    } else if (!waits.add(
        request.relayId(), request.stream(), deadlineNanos, waiter(request, deadlineNanos, done))) {
      done.accept(refused(RefusalReason.FULL, "too many others wait for a stream"));
    }
  }

  private SourceWaiter waiter(RelayRequest request, long deadlineNanos, Consumer<OpenResult> done) {
    return new SourceWaiter() {
      @Override
      public void onSettled(long nowNanos) {
        open(request, deadlineNanos, done, nowNanos);
      }

      @Override
      public void onClosed(String detail) {
        done.accept(refused(RefusalReason.SESSION_UNKNOWN, detail));
      }
    };
  }

  private OpenResult open(RelayRequest request, long nowNanos) {
    WorkerSession before = worker.session(request.relayId());
    if (before != null) {
      return new OpenResult.Opened(before.answer());
    }
    StreamRoom room = rooms.of(request.stream());
    OpenResult.@Nullable Refused refusal = refusal(request, room);
    if (refusal != null) {
      return refusal;
    }
    try {
      WorkerSession session = factory.downstream(worker, request, room, nowNanos);
      worker.enter(session, nowNanos);
      return new OpenResult.Opened(session.answer());
    } catch (RelayRejectedException rejected) {
      return new OpenResult.Refused(
          RefusalReason.MALFORMED_OFFER, String.valueOf(rejected.getMessage()));
    } catch (RuntimeException fault) {
      WorkerSession halfway = worker.session(request.relayId());
      if (halfway != null) {
        worker.end(halfway, EndReason.FAULT, fault.toString(), nowNanos);
      }
      return refused(RefusalReason.INTERNAL, fault.toString());
    }
  }

  private OpenResult.@Nullable Refused refusal(RelayRequest request, StreamRoom room) {
    if (isLoop(request)) {
      return refused(RefusalReason.STREAM_ABSENT, "the stream comes from the node that asks");
    }
    if (!room.isRelayable()) {
      return refused(RefusalReason.STREAM_ABSENT, "nobody publishes the stream");
    }
    if (request.edge() != null && room.path().size() + 2 > RelayDescription.MAX_PATH) {
      return refused(RefusalReason.STREAM_FULL, "the stream has come through too many nodes");
    }
    if (room.downstreams().size() >= parts.limits().perStream()) {
      return refused(RefusalReason.STREAM_FULL, "the stream has as many relays as it takes");
    }
    if (worker.isFull() || worker.relayCount() >= parts.limits().perWorker()) {
      return refused(RefusalReason.FULL, "the worker takes no more relays");
    }
    return null;
  }

  /// Another worker of this node asks for what nobody sends here: it can ask often.
  private boolean isHopeless(RelayRequest request) {
    return request.edge() == null
        && rooms.of(request.stream()).source() == null
        && !upstreams.isPulled(request.stream());
  }

  private boolean isLoop(RelayRequest request) {
    String edge = request.edge();
    return edge != null
        && (edge.equals(parts.node())
            || rooms.of(request.stream()).path().contains(edge)
            || upstreams.isFrom(request.stream(), new Parent(edge)));
  }

  private static OpenResult.Refused refused(RefusalReason reason, String detail) {
    return new OpenResult.Refused(reason, detail);
  }
}
