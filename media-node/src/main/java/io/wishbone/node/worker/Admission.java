package io.wishbone.node.worker;

import io.wishbone.node.negotiation.OfferFault;
import io.wishbone.node.negotiation.OfferRefusedException;
import io.wishbone.webrtc.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/// Decides which sessions come about: from offers that are answered, and from answers to offers of
/// our own.
final class Admission {
  private static final String STREAM_FULL = "the stream has as many viewers as it takes";

  private final MediaWorker worker;
  private final Rooms rooms;
  private final SessionFactory factory;
  private final PendingOffers pendingOffers;

  Admission(MediaWorker worker, Rooms rooms, SessionFactory factory, PendingOffers pendingOffers) {
    this.worker = worker;
    this.rooms = rooms;
    this.factory = factory;
    this.pendingOffers = pendingOffers;
  }

  OpenResult open(OpenRequest request, long nowNanos) {
    OpenResult before = before(request);
    if (before != null) {
      return before;
    }
    StreamRoom room = rooms.of(request.stream());
    WorkerSession replaced = replaced(request, room);
    if (replaced == null && worker.isFull()) {
      return new OpenResult.Refused(RefusalReason.FULL, "the worker takes no more sessions");
    }
    if (request.role() == SessionRole.PUBLISHER && room.publisher() != replaced) {
      return new OpenResult.Refused(RefusalReason.STREAM_TAKEN, "the stream has a publisher");
    }
    if (request.role() == SessionRole.SUBSCRIBER && room.source() == null) {
      return new OpenResult.Refused(RefusalReason.STREAM_ABSENT, "nobody publishes the stream");
    }
    if (request.role() == SessionRole.SUBSCRIBER && worker.isFull(room)) {
      return new OpenResult.Refused(RefusalReason.STREAM_FULL, STREAM_FULL);
    }
    try {
      WorkerSession session = factory.make(worker, request, room, nowNanos);
      if (replaced != null) {
        worker.end(
            replaced, EndReason.REPLACED, "another publisher took the stream over", nowNanos);
      }
      worker.enter(session, nowNanos);
      return new OpenResult.Opened(session.answer());
    } catch (OfferRefusedException refused) {
      return counterOffer(request, room, refused, nowNanos);
    }
  }

  /// What the request was answered when it came for the first time.
  private @Nullable OpenResult before(OpenRequest request) {
    WorkerSession session = worker.session(request.sessionId());
    if (session != null) {
      return new OpenResult.Opened(session.answer());
    }
    PendingOffer pending = pendingOffers.find(request.sessionId());
    return pending == null ? null : new OpenResult.CounterOffered(pending.offer().offer().write());
  }

  private OpenResult counterOffer(
      OpenRequest request, StreamRoom room, OfferRefusedException refusal, long nowNanos) {
    boolean mayOffer =
        request.role() == SessionRole.SUBSCRIBER
            && request.counterOfferNanos() != OpenRequest.NEVER
            && refusal.fault() == OfferFault.CODEC_MISMATCH;
    if (mayOffer) {
      try {
        PendingOffer pending = factory.counterOffer(request, room, refusal, nowNanos);
        pendingOffers.add(pending);
        return new OpenResult.CounterOffered(pending.offer().offer().write());
      } catch (OfferRefusedException impossible) {
        return new OpenResult.Refused(reason(impossible), String.valueOf(impossible.getMessage()));
      }
    }
    return new OpenResult.Refused(reason(refusal), String.valueOf(refusal.getMessage()));
  }

  /// Takes the answer to an offer of ours. One that comes a second time changes nothing.
  ChangeResult accept(String sessionId, SessionDescription answer, long nowNanos) {
    PendingOffer pending = pendingOffers.find(sessionId);
    if (pending == null) {
      return worker.session(sessionId) == null
          ? new ChangeResult.Refused(RefusalReason.SESSION_UNKNOWN, "no offer waits for an answer")
          : new ChangeResult.Done();
    }
    StreamRoom room = rooms.of(pending.request().stream());
    if (room.source() == null) {
      return new ChangeResult.Refused(
          RefusalReason.STREAM_ABSENT, "nobody publishes the stream any more");
    }
    if (worker.isFull(room)) {
      return new ChangeResult.Refused(RefusalReason.STREAM_FULL, STREAM_FULL);
    }
    try {
      WorkerSession session = factory.accept(worker, pending, answer, room, nowNanos);
      pendingOffers.answered(pending);
      worker.enter(session, nowNanos);
      return new ChangeResult.Done();
    } catch (OfferRefusedException refused) {
      return new ChangeResult.Refused(reason(refused), String.valueOf(refused.getMessage()));
    }
  }

  /// Whose place the new session takes: nobody's, when the one that was named has gone already.
  private static @Nullable WorkerSession replaced(OpenRequest request, StreamRoom room) {
    WorkerSession publisher = room.publisher();
    return request.role() == SessionRole.PUBLISHER
            && publisher != null
            && publisher.id().equals(request.replaces())
        ? publisher
        : null;
  }

  private static RefusalReason reason(OfferRefusedException refused) {
    return switch (refused.fault()) {
      case MALFORMED -> RefusalReason.MALFORMED_OFFER;
      case UNSUPPORTED -> RefusalReason.UNSUPPORTED_OFFER;
      case CODEC_MISMATCH -> RefusalReason.CODEC_MISMATCH;
    };
  }
}
