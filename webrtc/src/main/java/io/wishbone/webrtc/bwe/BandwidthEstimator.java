package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.rtcp.TransportFeedback;
import org.jspecify.annotations.Nullable;

/// Estimates what the way to one receiver carries, from its feedback on our transport-wide sequence
/// numbers (draft-ietf-rmcat-gcc-02, with a trendline in place of the Kalman filter).
///
/// ```
/// onPacketSent --> SentPackets
///                       |
/// feedback -----------> + --> PacketGroups --> LongerWay --> Trendline --> OveruseDetector --> RateControl --+
///                       | --> AcknowledgedBitrate, Bystander ------------------------^         |
///                       | --> ProbeMeter --------------------------------------------^        min --> Estimate
///                       | --> LossControl ---------------------------------------------------- +
/// REMB ------------------------------------------------------------------------------------- - +
/// ```
///
/// A receiver without transport-wide feedback is estimated by its REMB, or what [#assume] says, and
/// by the loss in its receiver reports; without any of these, the start bitrate stays.
///
/// Feedback is a stranger's word: numbers that were never sent, or were reported before, are passed
/// over, times of arrival that jump begin a new comparison, and the estimate stays within its
/// [BitrateLimits]. What somebody gains by lying is to be sent what they cannot receive.
public final class BandwidthEstimator {

  /// Of a packet that nobody wants to know of when it is lost.
  public static final long NO_HANDLE = SentPackets.NO_HANDLE;

  private static final long MILLISECOND = 1_000_000;

  /// More loss than that is more than now and then.
  private static final double LOSSY = 0.03;

  /// As many of the first packets in a row are believed to be lost.
  private static final int FIRST_LOSSES = 64;

  private static final long TICK_NANOS = 25 * MILLISECOND;
  private static final long SILENCE_NANOS = 1_000 * MILLISECOND;
  private static final long RECEIVER_WORD_NANOS = 5_000 * MILLISECOND;

  /// Reports that follow each other faster do not tell how much arrives.
  private static final long MIN_REPORT_NANOS = 250 * MILLISECOND;

  private static final double SILENCE_DECREASE = 0.8;
  private static final long FIRST_ROUND_TRIP_NANOS = 100 * MILLISECOND;

  private final BitrateLimits limits;
  private final SentPackets sent = new SentPackets();
  private final ArrivalClock clock = new ArrivalClock();
  private final PacketGroups groups = new PacketGroups();
  private final LongerWay longerWay = new LongerWay();
  private final Trendline trendline = new Trendline();
  private final OveruseDetector detector = new OveruseDetector();
  private final AcknowledgedBitrate acknowledged = new AcknowledgedBitrate();
  private final Bystander bystander = new Bystander();
  private final RateControl rate;
  private final LossControl loss = new LossControl();
  private final LossRuns runs = new LossRuns();
  private final QueueDelay queue = new QueueDelay();
  private final FullQueue full = new FullQueue();
  private final ProbeMeter probeMeter = new ProbeMeter();
  private final ProbeControl probes;
  private final ApplicationLimit applicationLimit = new ApplicationLimit();
  private final Reader reader = new Reader();

  private long wish;
  private long roundTripNanos = FIRST_ROUND_TRIP_NANOS;
  private boolean fedBack;
  private long fedBackNanos;
  private long sentSinceFeedback;
  private boolean told;
  private long toldNanos;
  private long toldBitrate;
  private boolean reported;
  private long reportedNanos;
  private long dueNanos = Long.MIN_VALUE;

  public BandwidthEstimator(BitrateLimits limits) {
    this.limits = limits;
    this.rate = new RateControl(limits);
    this.probes = new ProbeControl(limits);
  }

  /// A packet is sent now of which nobody wants to know when it is lost.
  public int onPacketSent(int bytes, int probeCluster, long nowNanos) {
    return onPacketSent(bytes, probeCluster, NO_HANDLE, nowNanos);
  }

  /// A packet is sent now. Returns its transport-wide sequence number, to be written into it.
  ///
  /// @param bytes what it takes on the wire, without IP and UDP
  /// @param probeCluster of the [ProbeCluster] that it belongs to, or [ProbeCluster#NONE]
  /// @param handle what a [LossListener] knows it by, or [#NO_HANDLE]. A packet that is sent twice
  ///   in a row under one handle is lost only when both are; a sending less than 100 ms after
  ///   another is not lost when that one is known to have arrived.
  public int onPacketSent(int bytes, int probeCluster, long handle, long nowNanos) {
    applicationLimit.onSent(bytes);
    bystander.onSent(bytes, nowNanos);
    sentSinceFeedback++;
    if (sentSinceFeedback == 1 && nowNanos - fedBackNanos > SILENCE_NANOS) {
      fedBackNanos = nowNanos; // there was nothing to be heard of
    }
    return sent.add(bytes, probeCluster, handle, nowNanos);
  }

  /// Takes feedback from the receiver.
  public void onFeedback(TransportFeedback feedback, long nowNanos) {
    onFeedback(feedback, LossListener.NOBODY, nowNanos);
  }

  /// Takes feedback from the receiver.
  ///
  /// @param listener hears of what is lost
  public void onFeedback(TransportFeedback feedback, LossListener listener, long nowNanos) {
    reader.begin(clock.offsetTicks(feedback), listener, nowNanos);
    if (!fedBack) {
      tellLostBefore(feedback.baseSequence());
    }
    feedback.forEach(reader);
    reader.end();
    if (!reader.hasNews()) {
      return;
    }
    fedBack = true;
    fedBackNanos = nowNanos;
    sentSinceFeedback = 0;
    double before = rate.bitsPerSecond();
    long arriving = acknowledged.bitsPerSecond();
    Usage usage = full.poll(loss.idleLoss()) ? Usage.OVERUSING : detector.usage();
    double floor = bystander.floor(before, wish, arriving, nowNanos);
    long queueNanos = bystander.isOne(wish, nowNanos) ? queue.nanos() : 0;
    rate.onUsage(usage, arriving, floor, roundTripNanos, queueNanos, nowNanos);
    if (reader.probed > 0 && usage != Usage.OVERUSING) {
      rate.raise(reader.probed, nowNanos);
      loss.raise((double) reader.probed);
      probes.onResult(reader.probed, nowNanos);
    } else if (reader.unclear && usage == Usage.NORMAL) {
      probes.onUnclear(before, nowNanos);
    }
    double after = rate.bitsPerSecond();
    if (after < before) {
      probes.onDrop(before, after, nowNanos);
    } else {
      probes.onRise(after);
    }
    loss.update(Math.min(after, loss.bound()), arriving, nowNanos);
  }

  /// A receiver cannot report what was sent before the first packet that it got.
  private void tellLostBefore(int firstReported) {
    if (firstReported < Math.min(sent.count(), FIRST_LOSSES)) {
      for (int lost = 0; lost < firstReported; lost++) {
        reader.missing(lost);
      }
    }
  }

  /// Takes the receiver's own estimate. It bounds ours for five seconds; without transport-wide
  /// feedback it is ours.
  public void onReceiverEstimate(long bitsPerSecond, long nowNanos) {
    told = true;
    toldNanos = nowNanos;
    toldBitrate = Math.clamp(bitsPerSecond, limits.min(), limits.max());
    if (!fedBack) {
      rate.reset((double) toldBitrate);
    }
  }

  /// Takes this for what the way carries, as far as loss does not say otherwise, while the receiver
  /// sends neither transport-wide feedback nor an estimate of its own.
  public void assume(long bitsPerSecond) {
    if (!fedBack && !told) {
      rate.reset((double) bitsPerSecond);
    }
  }

  /// Takes what a receiver report says of the packets since the one before it. Means nothing once
  /// there is transport-wide feedback. Takes time in proportion to the packets.
  ///
  /// @param lost packets lost
  /// @param expected packets that should have arrived
  /// @param bytes on average in such a packet
  public void onReceiverReport(long lost, long expected, int bytes, long nowNanos) {
    if (fedBack || expected <= 0 || expected > SentPackets.MAX_ENTRIES) {
      return;
    }
    long elapsed = reported ? nowNanos - reportedNanos : 0;
    long arrived = Math.clamp(expected - lost, 0, expected) * 8 * bytes;
    reported = true;
    reportedNanos = nowNanos;
    for (long i = 0; i < expected; i++) {
      if (i < lost) {
        loss.onMissing(bytes, false);
      } else {
        loss.onReceived(bytes, false, false);
      }
    }
    long arriving = elapsed < MIN_REPORT_NANOS ? -1 : arrived * 1_000 / (elapsed / MILLISECOND);
    loss.update((double) rate.bitsPerSecond(), arriving, nowNanos);
  }

  /// The round trip to the receiver was measured.
  public void onRoundTrip(long nanos) {
    roundTripNanos = Math.clamp(nanos, MILLISECOND, 2_000 * MILLISECOND);
  }

  /// What could be used at most now, such as the sum of the highest layers that are there: probes
  /// go no further.
  public void onWish(long bitsPerSecond) {
    wish = bitsPerSecond;
    probes.onWish(bitsPerSecond);
  }

  /// [Estimate#loss] alone, which allocates nothing.
  public double lostShare() {
    return loss.loss();
  }

  /// Whether many packets are lost, and not because too much is sent, as far as the delay tells.
  public boolean isLossy() {
    return loss.idleLoss() >= LOSSY && detector.usage() != Usage.OVERUSING;
  }

  /// Whether packets are lost in bursts, so that what is sent twice in a row is lost as one.
  public boolean losesInBursts() {
    return runs.isBursty(loss.loss());
  }

  /// How long packets wait in queues on the way, as far as feedback tells; 0 for not long.
  public long queueNanos() {
    return queue.isLong() ? queue.nanos() : 0;
  }

  /// When [#handleTimeout] wants to be called next.
  public long nextTimeoutNanos() {
    return dueNanos;
  }

  /// Looks after what goes by time: probes, and a receiver that has fallen silent.
  public void handleTimeout(long nowNanos) {
    if (nowNanos < dueNanos) {
      return;
    }
    dueNanos = nowNanos + TICK_NANOS;
    double bitrate = (double) bitrate(nowNanos);
    applicationLimit.onTime(bitrate, nowNanos);
    if (fedBack && sentSinceFeedback > 0 && nowNanos - fedBackNanos > SILENCE_NANOS) {
      rate.reset(rate.bitsPerSecond() * SILENCE_DECREASE);
      fedBackNanos = nowNanos - SILENCE_NANOS / 2;
      return;
    }
    probes.onTime(bitrate, applicationLimit.isLimited(), detector.usage(), nowNanos);
  }

  /// The next packets to probe with, or null: mostly.
  public @Nullable ProbeCluster pollProbe() {
    ProbeCluster cluster = probes.poll();
    if (cluster != null) {
      probeMeter.expect(cluster);
    }
    return cluster;
  }

  /// What is known now.
  public Estimate estimate(long nowNanos) {
    long bitrate = bitrate(nowNanos);
    return new Estimate(
        bitrate,
        source(bitrate),
        acknowledged.bitsPerSecond(),
        loss.loss(),
        loss.inherent(),
        detector.usage(),
        applicationLimit.isLimited());
  }

  /// [Estimate#bitrate] alone, which allocates nothing.
  public long bitrate(long nowNanos) {
    long bitrate = (long) Math.min((double) rate.bitsPerSecond(), loss.bound());
    if (isTold(nowNanos)) {
      bitrate = Math.min(bitrate, toldBitrate);
    }
    return Math.clamp(bitrate, limits.min(), limits.max());
  }

  private boolean isTold(long nowNanos) {
    return told && (!fedBack || nowNanos - toldNanos <= RECEIVER_WORD_NANOS);
  }

  private Estimate.Source source(long bitrate) {
    if (told && bitrate == toldBitrate) {
      return Estimate.Source.RECEIVER;
    }
    if (loss.bound() < rate.bitsPerSecond()) {
      return Estimate.Source.LOSS;
    }
    return fedBack || reported ? Estimate.Source.DELAY : Estimate.Source.START;
  }

  /// Goes through a feedback's packets.
  private final class Reader implements TransportFeedback.ArrivalVisitor {
    private long offsetTicks;
    private boolean news;
    private long probed;
    private boolean unclear;
    private LossListener listener = LossListener.NOBODY;
    private long nowNanos;

    void begin(long offset, LossListener lossListener, long now) {
      offsetTicks = offset;
      listener = lossListener;
      nowNanos = now;
      news = false;
      probed = ProbeMeter.NOTHING;
      unclear = false;
    }

    void end() {
      listener = LossListener.NOBODY;
    }

    boolean hasNews() {
      return news;
    }

    @Override
    public void received(int sequenceNumber, long ticks) {
      int entry = sent.find(sequenceNumber);
      if (entry < 0) {
        return;
      }
      boolean late = sent.wasMissing(entry);
      if (!sent.receive(entry)) {
        return;
      }
      news = true;
      int bytes = sent.bytes(entry);
      long sentNanos = sent.sentNanos(entry);
      long arrivedNanos = ArrivalClock.nanos(ticks + offsetTicks);
      queue.onPacket(sentNanos, arrivedNanos);
      loss.onReceived(bytes, late, queue.isLong());
      full.onPacket(true, queue.isLong(), sentNanos);
      acknowledged.onPacket(bytes, arrivedNanos);
      bystander.onArrived(bytes, nowNanos);
      if (groups.onPacket(sentNanos, arrivedNanos)) {
        long growth =
            longerWay.onGroups(groups.growth(), groups.firstGrowth(), acknowledged.bitsPerSecond());
        queue.longerBy(longerWay.longerBy());
        trendline.onGroups(growth, groups.arrived());
        detector.onTrend(trendline.trend(), groups.sendDelta(), groups.arrived());
      }
      int cluster = sent.probeCluster(entry);
      if (cluster != ProbeCluster.NONE) {
        long shown = probeMeter.onPacket(cluster, bytes, sentNanos, arrivedNanos);
        probed = Math.max(probed, shown);
        unclear |= shown == ProbeMeter.UNCLEAR;
      }
    }

    @Override
    public void missing(int sequenceNumber) {
      int entry = sent.find(sequenceNumber);
      if (entry >= 0 && sent.miss(entry)) {
        news = true;
        loss.onMissing(sent.bytes(entry), queue.isLong());
        if (sent.followsKnown(entry)) {
          runs.onMissing(sent.followsMissing(entry));
        }
        full.onPacket(false, queue.isLong(), sent.sentNanos(entry));
        if (sent.isLost(entry)) {
          listener.onLost(sent.handle(entry), sent.sentNanos(entry), nowNanos);
        }
      }
    }
  }
}
