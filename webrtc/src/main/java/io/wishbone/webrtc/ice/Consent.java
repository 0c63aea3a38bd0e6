package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.stun.TransactionId;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Whether the peer still agrees to be sent to (RFC 7675 section 5.1): a check about every 5 s,
/// each with a transaction of its own and sent once; without a valid answer for 30 s nothing may be
/// sent.
final class Consent {

  private static final long SECOND = 1_000_000_000L;
  private static final long INTERVAL = 5 * SECOND;
  private static final long EXPIRY = 30 * SECOND;

  /// Enough for the checks of 30 s, which are at least 4 s apart.
  private static final int OUTSTANDING = 8;

  private final RandomGenerator random;
  private final @Nullable TransactionId[] requests = new @Nullable TransactionId[OUTSTANDING];
  private final long[] sentNanos = new long[OUTSTANDING];
  private int next;
  private long checkNanos = Long.MAX_VALUE;
  private long expiryNanos = Long.MAX_VALUE;

  Consent(RandomGenerator random) {
    this.random = random;
  }

  /// The nominating check was answered: that is consent too.
  void begin(long nowNanos) {
    forgetRequests();
    expiryNanos = nowNanos + EXPIRY;
    scheduleCheck(nowNanos);
  }

  /// When the next check is due.
  long checkNanos() {
    return checkNanos;
  }

  long expiryNanos() {
    return expiryNanos;
  }

  boolean isExpired(long nowNanos) {
    return nowNanos >= expiryNanos;
  }

  /// The transaction of a check that is sent now.
  TransactionId request(long nowNanos) {
    TransactionId id = TransactionId.generate(random);
    requests[next] = id;
    sentNanos[next] = nowNanos;
    next = (next + 1) % OUTSTANDING;
    scheduleCheck(nowNanos);
    return id;
  }

  /// Whether an answer to this transaction would renew consent.
  boolean isAwaiting(TransactionId id, long nowNanos) {
    for (int i = 0; i < OUTSTANDING; i++) {
      if (id.equals(requests[i])) {
        return nowNanos - sentNanos[i] <= EXPIRY;
      }
    }
    return false;
  }

  void renew(long nowNanos) {
    expiryNanos = nowNanos + EXPIRY;
  }

  /// After a restart answers to earlier checks no longer count; consent itself runs on.
  void forgetRequests() {
    Arrays.fill(requests, null);
  }

  /// Between 4 and 6 s.
  private void scheduleCheck(long nowNanos) {
    checkNanos = nowNanos + (long) (INTERVAL * random.nextDouble(0.8, 1.2));
  }
}
