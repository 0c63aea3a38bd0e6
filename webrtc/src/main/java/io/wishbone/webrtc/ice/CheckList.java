package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pairs of one generation (RFC 8445 section 6.1.2), one for each remote address. With one
/// component and one base no pair is ever frozen.
final class CheckList {

  static final int CAPACITY = 64;

  private final List<CandidatePair> pairs = new ArrayList<>();

  List<CandidatePair> pairs() {
    return pairs;
  }

  /// The new pair; null when the list is full.
  @Nullable CandidatePair add(InetSocketAddress remote, long priority) {
    if (pairs.size() == CAPACITY) {
      return null;
    }
    CandidatePair pair = new CandidatePair(remote, priority);
    pairs.add(pair);
    return pair;
  }

  @Nullable CandidatePair withRemote(InetSocketAddress remote) {
    for (CandidatePair pair : pairs) {
      if (pair.remote().equals(remote)) {
        return pair;
      }
    }
    return null;
  }

  @Nullable CandidatePair withTransaction(TransactionId id) {
    for (CandidatePair pair : pairs) {
      CheckTransaction transaction = pair.transaction();
      if (transaction != null && transaction.id().equals(id)) {
        return pair;
      }
    }
    return null;
  }

  /// The next one to check: in answer to the peer first, then by priority.
  @Nullable CandidatePair next(boolean controlling) {
    CandidatePair next = null;
    for (CandidatePair pair : pairs) {
      if (pair.state() == CandidatePair.State.WAITING
          && (next == null || goesBefore(pair, next, controlling))) {
        next = pair;
      }
    }
    return next;
  }

  /// The one to nominate.
  @Nullable CandidatePair bestSucceeded(boolean controlling) {
    CandidatePair best = null;
    for (CandidatePair pair : pairs) {
      if (pair.state() == CandidatePair.State.SUCCEEDED
          && (best == null || pair.priority(controlling) > best.priority(controlling))) {
        best = pair;
      }
    }
    return best;
  }

  boolean isNominating() {
    for (CandidatePair pair : pairs) {
      CheckTransaction transaction = pair.transaction();
      if (transaction != null && transaction.isNominating()) {
        return true;
      }
    }
    return false;
  }

  /// How many may still turn out well by themselves.
  int openCount() {
    int open = 0;
    for (CandidatePair pair : pairs) {
      if (pair.state() == CandidatePair.State.WAITING || pair.transaction() != null) {
        open++;
      }
    }
    return open;
  }

  /// When the next retransmission is due; `Long.MAX_VALUE` for never.
  long nextDueNanos() {
    long due = Long.MAX_VALUE;
    for (CandidatePair pair : pairs) {
      CheckTransaction transaction = pair.transaction();
      if (transaction != null) {
        due = Math.min(due, transaction.dueNanos());
      }
    }
    return due;
  }

  void keepOnly(CandidatePair pair) {
    pairs.clear();
    pairs.add(pair);
  }

  void clear() {
    pairs.clear();
  }

  private static boolean goesBefore(CandidatePair a, CandidatePair b, boolean controlling) {
    return a.isTriggered() == b.isTriggered()
        ? a.priority(controlling) > b.priority(controlling)
        : a.isTriggered();
  }
}
