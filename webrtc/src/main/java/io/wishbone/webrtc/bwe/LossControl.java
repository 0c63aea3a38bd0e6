package io.wishbone.webrtc.bwe;

/// A bound by loss (draft-ietf-rmcat-gcc-02 section 6): above 10 % it falls by half the loss, below
/// 2 % it rises, in between it stays.
///
/// Where the draft takes all loss for congestion, this tries it out: when the loss has not become
/// smaller after the rate was lowered by a fifth - as a full bottleneck would make it - it belongs
/// to the path, as on bad radio links. It is then not counted any more, and the rate is restored.
/// So a viewer with 20 % random loss keeps its picture, and repair does the rest.
final class LossControl {

  private static final long SECOND = 1_000_000_000L;
  private static final long MIN_WINDOW_NANOS = 250_000_000;
  private static final int MIN_PACKETS = 20;
  private static final int ENOUGH_PACKETS = 100;
  private static final double HIGH = 0.10;
  private static final double LOW = 0.02;
  private static final double GROWTH_A_SECOND = 1.10;
  private static final double TRIAL_STEP = 0.8;

  /// Where between the two explanations the line is: nearer to that of the innocent path.
  private static final double TRIAL_MARGIN = 0.65;

  /// Of this much at most it is believed that it has nothing to do with the rate.
  private static final double MAX_INHERENT = 0.30;

  private static final double SMOOTHING = 0.25;

  static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private double bound = UNBOUNDED;
  private double inherent;
  private double loss;
  private double smoothedLoss;

  private boolean windowed;
  private long windowNanos;
  private long lost;
  private long received;
  private long bits;

  private boolean tried;
  private double triedRate;
  private double triedLoss;
  private double triedBound;

  /// A packet arrived, after it had been counted as lost when `late`.
  void onReceived(int bytes, boolean late) {
    received++;
    bits += 8L * bytes;
    if (late) {
      lost = Math.max(0, lost - 1);
      bits -= 8L * bytes;
    }
  }

  void onMissing(int bytes) {
    lost++;
    bits += 8L * bytes;
  }

  /// Looks at what came since it last did, when that is enough to judge by.
  ///
  /// @param estimate what is sent, or may be
  void update(double estimate, long nowNanos) {
    if (!windowed) {
      windowed = true;
      beginWindow(nowNanos);
      return;
    }
    long elapsed = nowNanos - windowNanos;
    long packets = lost + received;
    if (elapsed < MIN_WINDOW_NANOS
        || packets < MIN_PACKETS
        || (packets < ENOUGH_PACKETS && elapsed < SECOND)) {
      return;
    }
    loss = (double) lost / packets;
    double rate = (double) bits * SECOND / elapsed;
    smoothedLoss += SMOOTHING * (loss - smoothedLoss);
    beginWindow(nowNanos);
    judge(estimate, rate, Math.min((double) elapsed / SECOND, 1));
  }

  private void beginWindow(long nowNanos) {
    windowNanos = nowNanos;
    lost = 0;
    received = 0;
    bits = 0;
  }

  private void judge(double estimate, double rate, double seconds) {
    if (tried && rate <= TRIAL_STEP * triedRate) {
      tried = false;
      double ifFull = Math.max(0, 1 - (1 - triedLoss) * triedRate / rate);
      if (loss > ifFull + TRIAL_MARGIN * (triedLoss - ifFull)) {
        inherent = Math.min(loss, MAX_INHERENT);
        bound = triedBound;
      }
    }
    if (loss < inherent) {
      inherent += 0.3 * (loss - inherent);
    }
    double excess = Math.max(0, (loss - inherent) / (1 - inherent));
    if (excess > HIGH) {
      double from = Math.min(bound, estimate);
      if (!tried) {
        tried = true;
        triedRate = rate;
        triedLoss = loss;
        triedBound = from;
      }
      bound = from * (1 - 0.5 * excess);
    } else if (excess < LOW) {
      tried = false;
      bound *= Math.pow(GROWTH_A_SECOND, seconds);
      if (bound > 1.5 * estimate) {
        bound = UNBOUNDED;
      }
    }
  }

  /// A probe passed at this rate.
  void raise(double bitsPerSecond) {
    bound = Math.max(bound, bitsPerSecond);
  }

  /// Bits a second that loss allows, or [#UNBOUNDED].
  double bound() {
    return bound;
  }

  /// Share of packets lost lately, 0 to 1.
  double loss() {
    return smoothedLoss;
  }

  /// Share of packets that is lost at any rate.
  double inherent() {
    return inherent;
  }
}
