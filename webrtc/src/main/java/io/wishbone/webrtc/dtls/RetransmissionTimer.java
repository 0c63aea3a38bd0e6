package io.wishbone.webrtc.dtls;

/// When to send our last flight again: RFC 6347 section 4.2.4.1, with a first interval that suits
/// media. It doubles up to a limit; with every new flight it starts anew.
final class RetransmissionTimer {

  static final long FIRST_INTERVAL_NANOS = 100_000_000L;
  static final long MAX_INTERVAL_NANOS = 1_600_000_000L;

  private long interval = FIRST_INTERVAL_NANOS;
  private long dueNanos = Long.MAX_VALUE;

  void flightSent(long nowNanos) {
    interval = FIRST_INTERVAL_NANOS;
    dueNanos = nowNanos + interval;
  }

  /// The flight was sent again because the peer asked for it.
  void flightRepeated(long nowNanos) {
    dueNanos = nowNanos + interval;
  }

  void backOff(long nowNanos) {
    interval = Math.min(2 * interval, MAX_INTERVAL_NANOS);
    dueNanos = nowNanos + interval;
  }

  long dueNanos() {
    return dueNanos;
  }
}
