package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.stun.TransactionId;

/// One check and its retransmissions (RFC 8489 section 6.2.1 with RFC 8445 section 14.3): 7
/// requests, the pauses double, the last one is 16 times the first. With the usual 500 ms it ends
/// after 39.5 s.
final class CheckTransaction {

  private static final int REQUESTS = 7;
  private static final int LAST_PAUSE = 16;

  private final TransactionId id;
  private final boolean asControlling;
  private final boolean nominating;
  private final long initialTimeoutNanos;

  private int sent;
  private long dueNanos;

  CheckTransaction(
      TransactionId id,
      boolean asControlling,
      boolean nominating,
      long initialTimeoutNanos,
      long nowNanos) {
    this.id = id;
    this.asControlling = asControlling;
    this.nominating = nominating;
    this.initialTimeoutNanos = initialTimeoutNanos;
    this.dueNanos = nowNanos;
  }

  TransactionId id() {
    return id;
  }

  boolean asControlling() {
    return asControlling;
  }

  boolean isNominating() {
    return nominating;
  }

  /// When the next request is to be sent, or the transaction is over.
  long dueNanos() {
    return dueNanos;
  }

  boolean isExhausted() {
    return sent == REQUESTS;
  }

  void noteSent(long nowNanos) {
    int pause = sent + 1 == REQUESTS ? LAST_PAUSE : 1 << sent;
    dueNanos = nowNanos + pause * initialTimeoutNanos;
    sent++;
  }

  /// Makes the next request due: a check of the peer came through, so ours may do so now.
  void hurry(long nowNanos) {
    dueNanos = nowNanos;
    sent = Math.min(sent, 1);
  }
}
