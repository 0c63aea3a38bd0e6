package io.wishbone.node.worker;

import io.wishbone.node.doctor.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The offers of ours that wait for an answer.
final class PendingOffers {
  private final Map<String, PendingOffer> pending = new HashMap<>();
  private final WorkerListener listener;

  PendingOffers(WorkerListener listener) {
    this.listener = listener;
  }

  int size() {
    return pending.size();
  }

  @Nullable PendingOffer find(String sessionId) {
    return pending.get(sessionId);
  }

  void add(PendingOffer offer) {
    pending.put(offer.request().sessionId(), offer);
  }

  /// It was answered: it is a session from now on.
  void answered(PendingOffer offer) {
    pending.remove(offer.request().sessionId());
  }

  /// Takes an offer back. False: there is no such one.
  boolean close(String sessionId, EndReason reason, String detail) {
    PendingOffer gone = pending.remove(sessionId);
    if (gone == null) {
      return false;
    }
    OpenRequest request = gone.request();
    listener.onEnded(sessionId, request.stream(), request.role(), reason, detail, Verdict.OK);
    return true;
  }

  void closeAll(String detail) {
    for (String sessionId : List.copyOf(pending.keySet())) {
      close(sessionId, EndReason.CLOSED, detail);
    }
  }

  /// Takes back what nobody has answered in time.
  void handleTimeout(long nowNanos) {
    for (PendingOffer offer : List.copyOf(pending.values())) {
      if (offer.deadlineNanos() <= nowNanos) {
        close(
            offer.request().sessionId(),
            EndReason.NEVER_CONNECTED,
            "the counter-offer was not answered");
      }
    }
  }

  long nextTimeoutNanos() {
    long next = Long.MAX_VALUE;
    for (PendingOffer offer : pending.values()) {
      next = Math.min(next, offer.deadlineNanos());
    }
    return next;
  }
}
