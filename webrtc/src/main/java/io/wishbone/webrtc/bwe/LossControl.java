package io.wishbone.webrtc.bwe;

/// A bound by loss (draft-ietf-rmcat-gcc-02 section 6): above 10 % it falls by half the loss, below
/// 2 % it rises, in between it stays.
///
/// Where the draft takes all loss for congestion, a [LossTrial] is made: when the loss has not
/// become smaller after the rate was lowered by a fifth - as a full bottleneck would make it - it
/// belongs to the path, as on bad radio links. It is then not counted any more, and bounds nothing.
/// So a viewer with 20 % random loss keeps its picture, and repair does the rest.
///
/// A server cannot always lower what it sends: there may be no lower layer. So the bound never
/// falls below what arrives, and loss that stays while what is sent does not follow the bound for
/// four seconds is acquitted too; each time that a trial shows a full bottleneck, that takes twice
/// as long.
final class LossControl {

  private static final long SECOND = 1_000_000_000L;
  private static final long MIN_WINDOW_NANOS = 250_000_000;
  private static final int MIN_PACKETS = 20;
  private static final int ENOUGH_PACKETS = 100;
  private static final double HIGH = 0.10;
  private static final double LOW = 0.02;
  private static final double GROWTH_A_SECOND = 1.10;

  /// Of this much at most it is believed that it has nothing to do with the rate.
  private static final double MAX_INHERENT = 0.30;

  /// Of loss above the inherent that is taken for its variation.
  private static final double NOISE = 0.05;

  private static final double FOLLOWING = 0.05;

  private static final double SMOOTHING = 0.25;

  static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  private final LossTrial trial = new LossTrial();
  private double bound = UNBOUNDED;
  private double inherent;
  private double loss;
  private double smoothedLoss;
  private double idleLoss;

  private boolean windowed;
  private long windowNanos;
  private long lost;
  private long received;
  private long idleLost;
  private long idleReceived;
  private long bits;

  /// A packet arrived, after it had been counted as lost when `late`.
  ///
  /// @param waits whether packets wait long on the way at that time
  void onReceived(int bytes, boolean late, boolean waits) {
    received++;
    idleReceived += waits ? 0 : 1;
    bits += 8L * bytes;
    if (late) {
      lost = Math.max(0, lost - 1);
      idleLost = waits ? idleLost : Math.max(0, idleLost - 1);
      bits -= 8L * bytes;
    }
  }

  void onMissing(int bytes, boolean waits) {
    lost++;
    idleLost += waits ? 0 : 1;
    bits += 8L * bytes;
  }

  /// Looks at what came since it last did, when that is enough to judge by.
  ///
  /// @param estimate what is sent, or may be
  /// @param acknowledged what arrives, or -1 while that is unknown
  void update(double estimate, long acknowledged, long nowNanos) {
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
    smoothedLoss += SMOOTHING * (loss - smoothedLoss);
    lookAtIdle();
    if (trial.isOpen()) {
      conclude(trial.onWindow(lost, packets, (double) bits, elapsed, bound));
    }
    double rate = (double) bits * SECOND / elapsed;
    judge(estimate, acknowledged, rate, Math.min((double) elapsed / SECOND, 1));
    beginWindow(nowNanos);
  }

  private void beginWindow(long nowNanos) {
    windowNanos = nowNanos;
    lost = 0;
    received = 0;
    idleLost = 0;
    idleReceived = 0;
    bits = 0;
  }

  /// While packets wait long, nothing is learnt of what is lost at any rate; that it is less can
  /// be.
  private void lookAtIdle() {
    long packets = idleLost + idleReceived;
    if (packets >= MIN_PACKETS) {
      idleLoss += SMOOTHING * ((double) idleLost / packets - idleLoss);
    }
    idleLoss = Math.min(idleLoss, smoothedLoss);
  }

  private void conclude(LossTrial.Outcome outcome) {
    switch (outcome) {
      case OPEN -> {}
      case PATH -> {
        inherent = Math.min(trial.measuredLoss(), MAX_INHERENT);
        bound = UNBOUNDED;
      }
      case BOTTLENECK -> inherent = 0;
    }
  }

  private void judge(double estimate, long acknowledged, double rate, double seconds) {
    double excess = Math.max(0, (loss - inherent) / (1 - inherent));
    if (inherent > 0 && excess < NOISE) {
      inherent = Math.min(inherent + FOLLOWING * (loss - inherent), MAX_INHERENT);
    }
    if (excess > HIGH) {
      double from = Math.min(bound, estimate);
      if (!trial.isOpen()) {
        trial.begin(rate, loss);
      }
      // What arrives in spite of the loss passes.
      bound = Math.max(from * (1 - 0.5 * excess), (double) acknowledged);
    } else if (excess < LOW) {
      trial.abandon();
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

  /// Share of packets lost lately while none waited long: by nobody's fault.
  double idleLoss() {
    return idleLoss;
  }

  /// Share of packets that is lost at any rate.
  double inherent() {
    return inherent;
  }
}
