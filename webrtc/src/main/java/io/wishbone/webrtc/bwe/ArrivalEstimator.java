package io.wishbone.webrtc.bwe;

/// Estimates what the way from a sender carries, at the receiving end, for senders that hear no
/// transport-wide feedback: by when their packets were sent and when they came (the receiver's side
/// of draft-alvestrand-rmcat-congestion-03, with the parts of [BandwidthEstimator]).
///
/// Knows nothing until it has seen what arrives for some tenths of a second, so that a sender that
/// begins with much is not told to send little. From then on: half as much again as arrives,
/// growing by 8 % a second, or 85 % of what arrives when the delay grows. Loss is the sender's
/// matter, which hears of it in receiver reports.
///
/// Told at once when it falls by 3 %, every second otherwise.
public final class ArrivalEstimator {
  private static final long MILLISECOND = 1_000_000;
  private static final long LOOK_NANOS = 50 * MILLISECOND;
  private static final long TELL_NANOS = 1_000 * MILLISECOND;
  private static final double SIGNIFICANT = 0.97;
  private static final double HEADROOM = 1.5;

  /// The receiver does not know it.
  private static final long ROUND_TRIP_NANOS = 100 * MILLISECOND;

  private final BitrateLimits limits;
  private final PacketGroups groups = new PacketGroups();
  private final LongerWay longerWay = new LongerWay();
  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private final AcknowledgedBitrate arriving = new AcknowledgedBitrate();
  private final RateControl rate;
  private boolean known;
  private long dueNanos = Long.MAX_VALUE;
  private long toldNanos = Long.MIN_VALUE;
  private long told;

  /// @param limits of what is told; it does not begin with the start
  public ArrivalEstimator(BitrateLimits limits) {
    this.limits = limits;
    this.rate = new RateControl(limits);
  }

  /// A packet came.
  ///
  /// @param sentNanos when it was sent, by the sender's clock, unwrapped
  public void onPacket(int bytes, long sentNanos, long nowNanos) {
    onBytes(bytes, nowNanos);
    if (groups.onPacket(sentNanos, nowNanos)) {
      long growth =
          longerWay.onGroups(groups.growth(), groups.firstGrowth(), arriving.bitsPerSecond());
      trendline.onGroups(growth, groups.arrived());
      detector.onTrend(trendline.trend(), groups.sendDelta(), groups.arrived());
    }
  }

  /// A packet came that does not say when it was sent.
  public void onBytes(int bytes, long nowNanos) {
    arriving.onPacket(bytes, nowNanos);
    if (dueNanos == Long.MAX_VALUE) {
      dueNanos = nowNanos + LOOK_NANOS;
    }
  }

  /// When [#handleTimeout] wants to be called; `Long.MAX_VALUE` while nothing comes.
  public long nextTimeoutNanos() {
    return dueNanos;
  }

  /// Looks again. True: the sender is to be told [#bitrate].
  public boolean handleTimeout(long nowNanos) {
    if (nowNanos < dueNanos) {
      return false;
    }
    dueNanos = Long.MAX_VALUE; // until the next packet
    long bitsPerSecond = arriving.bitsPerSecond();
    if (bitsPerSecond < 0) {
      return false;
    }
    if (!known) {
      known = true;
      rate.reset(HEADROOM * bitsPerSecond);
    }
    rate.onUsage(detector.usage(), bitsPerSecond, 0, ROUND_TRIP_NANOS, 0, nowNanos);
    long estimate = bitrate();
    if (toldNanos == Long.MIN_VALUE
        || estimate < told * SIGNIFICANT
        || nowNanos - toldNanos >= TELL_NANOS) {
      told = estimate;
      toldNanos = nowNanos;
      return true;
    }
    return false;
  }

  /// Bits a second, -1 while nothing is known.
  public long bitrate() {
    return known ? Math.clamp(rate.bitsPerSecond(), limits.min(), limits.max()) : -1;
  }
}
