package io.wishbone.webrtc.bwe;

/// Additive increase, multiplicative decrease (draft-ietf-rmcat-gcc-02 section 5.5).
///
/// | signal | in HOLD | in INCREASE | in DECREASE |
/// |---|---|---|---|
/// | overusing | DECREASE | DECREASE | DECREASE |
/// | normal | INCREASE | INCREASE | HOLD |
/// | underusing | HOLD | HOLD | HOLD |
///
/// Far from what the link was last seen to carry, the rate grows by 8 % a second; near it, by about
/// half a packet a response time. It never exceeds one and a half times what arrives. On overuse it
/// falls to 85 % of what arrives; less far where others have filled the queue, see [Bystander].
final class RateControl {

  private enum State {
    HOLD,
    INCREASE,
    DECREASE
  }

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000;
  private static final double GROWTH_A_SECOND = 1.08;
  private static final double DECREASE = 0.85;
  private static final double PACKET_BITS = 1_200 * 8;
  private static final double MIN_ADDITION = 4_000;
  private static final long PROOF_NANOS = 500 * MILLISECOND;
  private static final long MAX_QUEUE_NANOS = 300 * MILLISECOND;
  private static final long DETECTION_NANOS = 100 * MILLISECOND;

  private final LinkCapacity capacity = new LinkCapacity();
  private final BitrateLimits limits;
  private State state = State.HOLD;
  private double bitrate;
  private boolean changed;
  private long changedNanos;
  private boolean decreased;
  private long decreasedNanos;
  private long proven;
  private long provenNanos;

  RateControl(BitrateLimits limits) {
    this.limits = limits;
    this.bitrate = limits.start();
  }

  /// @param acknowledged what arrives, or -1 while that is unknown
  /// @param floor what it does not fall below at once, 0 for whatever it falls to
  /// @param queueNanos how long others' packets wait on the way, 0 where they are one's own
  void onUsage(
      Usage usage,
      long acknowledged,
      double floor,
      long roundTripNanos,
      long queueNanos,
      long nowNanos) {
    state = next(usage);
    switch (state) {
      case HOLD -> {}
      case INCREASE -> increase(acknowledged, roundTripNanos, nowNanos);
      case DECREASE -> decrease(acknowledged, floor, roundTripNanos, queueNanos, nowNanos);
    }
    changed = true;
    changedNanos = nowNanos;
  }

  private State next(Usage usage) {
    return switch (usage) {
      case OVERUSING -> State.DECREASE;
      case UNDERUSING -> State.HOLD;
      case NORMAL -> state == State.DECREASE ? State.HOLD : State.INCREASE;
    };
  }

  private void increase(long acknowledged, long roundTripNanos, long nowNanos) {
    double seconds = changed ? Math.clamp((double) (nowNanos - changedNanos) / SECOND, 0, 1) : 0;
    if (acknowledged >= 0 && capacity.isExceededBy(acknowledged)) {
      capacity.forget();
    }
    double grown =
        capacity.isKnown()
            ? bitrate + seconds * addition(roundTripNanos)
            : bitrate * Math.pow(GROWTH_A_SECOND, seconds) + 1_000 * seconds;
    // What does not arrive cannot be known to pass.
    double bound = acknowledged < 0 ? grown : 1.5 * acknowledged + 10_000;
    set(Math.max(bitrate, Math.min(grown, bound)));
  }

  private static double addition(long roundTripNanos) {
    double response = (double) (roundTripNanos + DETECTION_NANOS) / SECOND;
    return Math.max(MIN_ADDITION, PACKET_BITS / 2 / response);
  }

  private void decrease(
      long acknowledged, double floor, long roundTripNanos, long queueNanos, long nowNanos) {
    long pause = Math.clamp(roundTripNanos, 10 * MILLISECOND, 200 * MILLISECOND);
    // What others make of it shows when the queue of now has passed.
    pause += Math.clamp(queueNanos, 0, MAX_QUEUE_NANOS);
    boolean recently = decreased && nowNanos - decreasedNanos < pause;
    if (recently) {
      return;
    }
    acknowledged = Math.max(acknowledged, provenLately(nowNanos));
    double target = acknowledged < 0 ? bitrate * DECREASE : acknowledged * DECREASE;
    if (target > bitrate && capacity.isKnown()) {
      target = capacity.bitsPerSecond() * DECREASE;
    }
    if (floor > 0) {
      target = Math.max(target, floor);
    } else if (acknowledged >= 0 && acknowledged < bitrate * 1.5) {
      capacity.onOveruse(acknowledged);
    }
    set(Math.min(target, bitrate));
    proven = 0; // once
    decreased = true;
    decreasedNanos = nowNanos;
  }

  /// What arrives is known half a second late: until then a probe knows better.
  private long provenLately(long nowNanos) {
    return proven > 0 && nowNanos - provenNanos < PROOF_NANOS ? proven : -1;
  }

  /// A probe has shown this.
  void raise(long bitsPerSecond, long nowNanos) {
    if (bitsPerSecond > bitrate) {
      proven = bitsPerSecond;
      provenNanos = nowNanos;
      if (capacity.isExceededBy(bitsPerSecond)) {
        capacity.forget();
      }
      set((double) bitsPerSecond);
    }
  }

  /// Takes this for true, whatever was known before.
  void reset(double bitsPerSecond) {
    set(bitsPerSecond);
  }

  private void set(double bitsPerSecond) {
    bitrate = Math.clamp(bitsPerSecond, (double) limits.min(), (double) limits.max());
  }

  long bitsPerSecond() {
    return (long) bitrate;
  }
}
