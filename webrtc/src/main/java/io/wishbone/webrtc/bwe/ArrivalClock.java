package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.rtcp.TransportFeedback;

/// Times of arrival in nanoseconds that go on where the 24 bits of the reference time wrap, which
/// they do every 12 days.
final class ArrivalClock {

  private boolean started;
  private int latest;
  private long latestSteps;

  /// What to add to the ticks of this feedback.
  long offsetTicks(TransportFeedback feedback) {
    int reference = feedback.referenceTime();
    if (started) {
      latestSteps += (reference - latest) << 8 >> 8; // 24 bits signed
    } else {
      started = true;
      latestSteps = reference;
    }
    latest = reference;
    return (latestSteps - reference) * TransportFeedback.TICKS_PER_REFERENCE;
  }

  static long nanos(long ticks) {
    return ticks * TransportFeedback.NANOS_PER_TICK;
  }
}
