package io.wishbone.webrtc.ice;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Our base and one remote candidate.
///
/// ```
///               check sent             answered
///   WAITING ----------------> IN_PROGRESS -----> SUCCEEDED
///      ^                           |  no answer,     |  nominating check
///      |    the peer checks it     v  refused        v  without an answer
///      +------------------------ FAILED <------------+
/// ```
final class CandidatePair {

  enum State {
    WAITING,
    IN_PROGRESS,
    SUCCEEDED,
    FAILED
  }

  private final InetSocketAddress remote;
  private long remotePriority;
  private State state = State.WAITING;
  private @Nullable CheckTransaction transaction;
  private boolean triggered;
  private boolean wanted;

  CandidatePair(InetSocketAddress remote, long remotePriority) {
    this.remote = remote;
    this.remotePriority = remotePriority;
  }

  InetSocketAddress remote() {
    return remote;
  }

  long priority(boolean controlling) {
    return controlling
        ? CandidatePriority.ofPair(CandidatePriority.HOST, remotePriority)
        : CandidatePriority.ofPair(remotePriority, CandidatePriority.HOST);
  }

  State state() {
    return state;
  }

  /// The check under way: of a pair in progress, or the nominating one of a pair that succeeded.
  @Nullable CheckTransaction transaction() {
    return transaction;
  }

  /// True when the next check is in answer to one of the peer, and goes before ordinary ones.
  boolean isTriggered() {
    return triggered;
  }

  /// True when the controlling peer sent USE-CANDIDATE before our own check succeeded.
  boolean isWanted() {
    return wanted;
  }

  void learnPriority(long priority) {
    remotePriority = priority;
  }

  void markWanted() {
    wanted = true;
  }

  void begin(CheckTransaction check) {
    transaction = check;
    triggered = false;
    if (state != State.SUCCEEDED) {
      state = State.IN_PROGRESS;
    }
  }

  void succeed() {
    state = State.SUCCEEDED;
    transaction = null;
  }

  void fail() {
    state = State.FAILED;
    transaction = null;
  }

  /// The peer's check came through (RFC 8445 section 7.3.1.4). A check of ours that is under way is
  /// sent again at once instead of being replaced: its answer counts either way.
  void trigger(long nowNanos) {
    switch (state) {
      case WAITING, FAILED -> retry();
      case IN_PROGRESS -> {
        if (transaction != null) {
          transaction.hurry(nowNanos);
        }
      }
      case SUCCEEDED -> {
        // Nothing more to learn.
      }
    }
  }

  /// Checks again, before others.
  void retry() {
    state = State.WAITING;
    transaction = null;
    triggered = true;
  }
}
