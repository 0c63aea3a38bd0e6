package io.wishbone.webrtc.bwe;

/// Tries out whether packets are lost because too much is sent.
///
/// A bottleneck of capacity `C` that is sent `r0` loses `p0 = 1 - C / r0`; sent `r1` it loses `1 -
/// C / r1 = 1 - (1 - p0) r0 / r1`. A path that loses by itself loses `p0` as before. Once the rate
/// has gone down by a fifth, and enough packets were sent since, the one is told from the other.
final class LossTrial {

  /// What a trial has shown.
  enum Outcome {
    OPEN,
    /// The loss belongs to the path.
    PATH,
    BOTTLENECK
  }

  private static final long SECOND = 1_000_000_000L;
  private static final double STEP = 0.8;

  /// Packets after which chance does not decide.
  private static final int ENOUGH_PACKETS = 200;

  /// Where between the two explanations the line is.
  private static final double MARGIN = 0.65;

  /// Loss that has become less than this, though as much is sent, was a passing one. A trial begins
  /// when the loss is high by chance, too.
  private static final double LASTING = 0.65;

  /// What is sent is taken to follow the bound while it is that near to it.
  private static final double FOLLOWS_FROM = 0.85;

  private static final double FOLLOWS_TO = 1.06;

  /// When what is sent does not follow the bound for so long, there is nothing to be learnt.
  private static final long FIRST_PATIENCE_NANOS = 4 * SECOND;

  private static final long MAX_PATIENCE_NANOS = 64 * SECOND;

  private boolean open;
  private double rate;
  private double loss;
  private long unheededNanos;
  private long patienceNanos = FIRST_PATIENCE_NANOS;

  /// Since the rate went down.
  private double lowBits;

  private double lowNanos;
  private long lowLost;
  private long lowPackets;

  /// Since the trial began.
  private long allLost;

  private long allPackets;

  boolean isOpen() {
    return open;
  }

  /// @param firstRate what was sent while this share was lost
  void begin(double firstRate, double firstLoss) {
    open = true;
    rate = firstRate;
    loss = firstLoss;
    unheededNanos = 0;
    allLost = 0;
    allPackets = 0;
    beginLow();
  }

  private void beginLow() {
    lowBits = 0;
    lowNanos = 0;
    lowLost = 0;
    lowPackets = 0;
  }

  void abandon() {
    open = false;
  }

  /// Takes what was sent and lost in a while since.
  ///
  /// @param bound the rate that was allowed
  Outcome onWindow(long lost, long packets, double bits, long elapsed, double bound) {
    allLost += lost;
    allPackets += packets;
    double sent = bits * SECOND / elapsed;
    if (sent > STEP * rate) {
      beginLow();
      if (sent < FOLLOWS_FROM * bound || sent > FOLLOWS_TO * bound) {
        unheededNanos += elapsed;
      }
      return unheededNanos < patienceNanos ? Outcome.OPEN : concludeByPatience();
    }
    lowBits += bits;
    lowNanos += elapsed;
    lowLost += lost;
    lowPackets += packets;
    if (lowPackets < ENOUGH_PACKETS) {
      return Outcome.OPEN;
    }
    double lowRate = lowBits * SECOND / lowNanos;
    double ifFull = Math.max(0, 1 - (1 - loss) * rate / lowRate);
    open = false;
    if (lostAtLowRate() > ifFull + MARGIN * (loss - ifFull)) {
      return Outcome.PATH;
    }
    patienceNanos = Math.min(2 * patienceNanos, MAX_PATIENCE_NANOS);
    return Outcome.BOTTLENECK;
  }

  private Outcome concludeByPatience() {
    open = false;
    return measuredLoss() >= LASTING * loss ? Outcome.PATH : Outcome.BOTTLENECK;
  }

  private double lostAtLowRate() {
    return (double) lowLost / lowPackets;
  }

  /// Share of packets lost since the trial began.
  double measuredLoss() {
    return allPackets == 0 ? loss : (double) allLost / allPackets;
  }
}
