package io.wishbone.node.session;

import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.webrtc.bwe.BandwidthEstimator;
import io.wishbone.webrtc.bwe.LossListener;
import io.wishbone.webrtc.bwe.ProbeCluster;
import io.wishbone.webrtc.pacer.PacedSender;
import io.wishbone.webrtc.pacer.Pacer;
import io.wishbone.webrtc.pacer.PacingPolicy;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.List;

/// The way to one viewer: what it carries, as far as the viewer's feedback tells, and when packets
/// go there.
///
/// Most packets go at once. Only what is more than some frames of what the way carries has to wait:
/// keyframes on a narrow way, and the past that a new viewer catches up with.
final class ViewerPath {
  static final int NO_PROBE = ProbeCluster.NONE;

  /// What waits longer than this is better replaced by a keyframe that is there.
  private static final long FAR_BEHIND_MILLIS = 300;

  /// The estimator looks after time this often while packets go out.
  private static final long TICK_NANOS = 100_000_000L;

  /// Where the viewer does not say what its path carries, there is only what is to be sent to look
  /// after.
  private static final long UNESTIMATED_TICK_NANOS = 500_000_000L;

  /// Without a packet for so long there is nothing to look after.
  private static final long IDLE_NANOS = 2_000_000_000L;

  /// How much faster than the estimate packets go out when that is as good as not at all, in place
  /// of the pacer's factor, which is for single frames: the past, since there is much of it, and
  /// all that goes where the path is the limit, since what comes faster than that carries waits, or
  /// is lost, further on.
  private static final double EVEN_FACTOR = 1.2 / PacingPolicy.FORWARDING.factor();

  /// Who waits longer than this for its turn has it sooner.
  private static final long MAX_EVEN_MILLIS = 500;

  /// Packets of the past that wait at least, for a probe to be made of, and at most.
  private static final int MIN_PAST = 4;

  private static final int MAX_PAST = 32;

  /// An estimate that falls to less than this has met the limit of the path.
  private static final long FALL_PERCENT = 95;

  private final BandwidthEstimator estimator;
  private final Pacer pacer;
  private final PacedSender sender;
  private final boolean transportWide;
  private final boolean estimated;
  private long unestimated;
  private long wish;
  private long lastEstimate;
  private boolean limited;
  private long lastSentNanos = Long.MIN_VALUE;
  private long nextTickNanos = Long.MAX_VALUE;
  private boolean catchesUp;
  private boolean told;
  private boolean reported;

  /// @param unestimated what a viewer is taken to take that says nothing of it, bits a second
  ViewerPath(
      List<NegotiatedTrack> tracks, MediaPolicy policy, long unestimated, PacedSender sender) {
    this.estimator = new BandwidthEstimator(policy.estimates());
    this.pacer = new Pacer(PacingPolicy.FORWARDING, policy.estimates().start());
    this.sender = sender;
    this.unestimated = unestimated;
    this.transportWide =
        tracks.stream().anyMatch(track -> track.feedback().contains(Feedback.TRANSPORT_CC));
    this.estimated =
        transportWide
            || tracks.stream()
                .anyMatch(track -> track.feedback().contains(Feedback.RECEIVER_ESTIMATE));
  }

  /// Whether the viewer says what its path carries.
  boolean isEstimated() {
    return transportWide || told || reported;
  }

  /// What the path carries, bits a second; much, where the viewer says nothing, or of loss alone.
  long bitrate(long nowNanos) {
    return isEstimated() ? estimator.bitrate(nowNanos) : unestimated;
  }

  /// What all qualities that could be sent would take at most, bits a second.
  void onWish(long bitsPerSecond) {
    unestimated = Math.max(unestimated, 2 * bitsPerSecond);
    wish = bitsPerSecond;
    estimator.onWish(bitsPerSecond);
    if (!transportWide) {
      estimator.assume(unestimated);
    }
  }

  /// The transport-wide number of a packet that goes out now.
  ///
  /// @param handle by which its loss is told, or none
  int number(int bytes, int probeCluster, long handle, long nowNanos) {
    if (nextTickNanos == Long.MAX_VALUE) {
      nextTickNanos = nowNanos;
    }
    lastSentNanos = nowNanos;
    return !transportWide ? 0 : estimator.onPacketSent(bytes, probeCluster, handle, nowNanos);
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    return pacer.waitingPackets();
  }

  /// Whether a picture's packet may go at once.
  boolean pass(int bytes, long nowNanos) {
    return pacer.pass(bytes, nowNanos);
  }

  void onSoundSent(int bytes, long nowNanos) {
    pacer.onSoundSent(bytes, nowNanos);
  }

  /// Lets a packet wait. False: it was dropped, and maybe others with it.
  boolean enqueue(PacketClass kind, long handle, int bytes, long nowNanos) {
    return pacer.enqueue(kind, handle, bytes, nowNanos);
  }

  /// The past goes from now on, until nothing waits.
  void catchUp(long nowNanos) {
    if (!catchesUp) {
      catchesUp = true;
      paceEvenly(bitrate(nowNanos));
    }
  }

  /// Whether more of the past is to wait here: as much as makes a run of packets, and no more, so
  /// that none of it waits for too long.
  boolean hasRoom(long nowNanos) {
    int waiting = pacer.waitingPictures();
    return waiting < MIN_PAST
        || waiting < MAX_PAST
            && pacer.waitingPictureBytes() * 8 * 1000 / FAR_BEHIND_MILLIS < bitrate(nowNanos);
  }

  /// When the last packet went out, `Long.MIN_VALUE` when none has.
  long lastSentNanos() {
    return lastSentNanos;
  }

  /// Whether anything waits.
  boolean waits() {
    return pacer.waitingPackets() > 0;
  }

  /// Whether it is time to look after the estimate.
  boolean isTick(long nowNanos) {
    return nowNanos >= nextTickNanos;
  }

  /// Whether pictures wait that will take long to send.
  ///
  /// @param further bytes that have not begun to wait here
  boolean isFarBehind(long further, long nowNanos) {
    long waiting = pacer.waitingPictureBytes() + further;
    return waiting > 0 && waiting * 8 * 1000 / FAR_BEHIND_MILLIS > bitrate(nowNanos);
  }

  void clearPictures() {
    pacer.clearPictures();
    catchesUp = false;
  }

  /// What waits is of no use any more: a keyframe is needed.
  void dropPictures() {
    pacer.dropPictures();
    catchesUp = false;
  }

  /// Whether pictures were dropped because they had waited too long. Asking resets it.
  boolean pollKeyframeNeeded() {
    return pacer.pollKeyframeNeeded();
  }

  void onFeedback(TransportFeedback feedback, LossListener listener, long nowNanos) {
    if (transportWide) {
      estimator.onFeedback(feedback, listener, nowNanos);
      look(nowNanos);
    }
  }

  /// The share of packets that is lost on the way, as far as the viewer tells.
  double loss() {
    return transportWide ? estimator.lostShare() : 0;
  }

  /// Whether many packets are lost on the way, by nobody's fault.
  boolean isLossy() {
    return transportWide && estimator.isLossy();
  }

  /// Whether packets are lost in bursts, as far as the viewer tells.
  boolean losesInBursts() {
    return transportWide && estimator.losesInBursts();
  }

  void onReceiverEstimate(Remb remb, long nowNanos) {
    if (estimated) {
      told = true;
      estimator.onReceiverEstimate(remb.bitrate(), nowNanos);
    }
  }

  /// What a report says of the packets since the one before it; of no account where the viewer says
  /// more.
  void onLoss(long lost, long expected, int bytes, long nowNanos) {
    if (!transportWide && expected > 0) {
      reported = true;
      estimator.assume(unestimated);
      estimator.onReceiverReport(lost, expected, bytes, nowNanos);
    }
  }

  void onRoundTrip(long nanos) {
    if (nanos >= 0) {
      estimator.onRoundTrip(nanos);
    }
  }

  /// The round trip of a packet that is sent again now: what a report said, which may have been
  /// long ago, and what has to be waited for now.
  ///
  /// @param reportedNanos negative while it is not known
  long roundTripNow(long reportedNanos) {
    long waiting = pacer.repairWaitNanos() + (transportWide ? estimator.queueNanos() : 0);
    return waiting == 0 ? reportedNanos : Math.max(reportedNanos, 0) + waiting;
  }

  long nextTimeoutNanos() {
    return Math.min(nextTickNanos, pacer.nextTimeoutNanos());
  }

  void handleTimeout(long nowNanos) {
    if (nowNanos >= nextTickNanos) {
      nextTickNanos =
          nowNanos - lastSentNanos > IDLE_NANOS ? Long.MAX_VALUE : nowNanos + tickNanos();
      look(nowNanos);
    }
    drain(nowNanos);
  }

  private long tickNanos() {
    return isEstimated() ? TICK_NANOS : UNESTIMATED_TICK_NANOS;
  }

  /// What has become of the estimate, and whether to probe.
  private void look(long nowNanos) {
    if (transportWide) {
      estimator.handleTimeout(nowNanos);
      probe();
    }
    pace(nowNanos);
  }

  private void probe() {
    for (ProbeCluster probe = estimator.pollProbe(); probe != null; probe = estimator.pollProbe()) {
      pacer.probe(probe);
    }
  }

  /// Sends what may go now.
  void drain(long nowNanos) {
    if (pacer.nextTimeoutNanos() > nowNanos) {
      return;
    }
    pace(nowNanos);
    pacer.handleTimeout(nowNanos, sender);
  }

  private void pace(long nowNanos) {
    long bitrate = bitrate(nowNanos);
    catchesUp &= pacer.waitingPictureBytes() > 0;
    boolean limits = isEstimated() && isLimit(bitrate) && !isLossy();
    if (catchesUp) {
      paceEvenly(bitrate);
    } else if (limits) {
      pacer.onEstimate(Math.min(Math.max(evenly(bitrate), catchingUp()), bitrate));
    } else {
      pacer.onEstimate(bitrate);
    }
  }

  private void paceEvenly(long bitrate) {
    pacer.onEstimate(isEstimated() ? evenly(bitrate) : bitrate);
  }

  private static long evenly(long bitrate) {
    return (long) (bitrate * EVEN_FACTOR);
  }

  /// At least so fast that nothing waits for long: where the estimate is less than what has to be
  /// sent, there is nothing to be gained by waiting.
  private long catchingUp() {
    long bitsPerSecond = pacer.waitingPictureBytes() * 8 * 1000 / MAX_EVEN_MILLIS;
    return (long) (bitsPerSecond / PacingPolicy.FORWARDING.factor());
  }

  /// Whether the path is what limits the quality: the estimate has had to fall, and what is sent at
  /// most does not fit yet.
  private boolean isLimit(long bitrate) {
    limited = bitrate < wish && (limited || bitrate * 100 < lastEstimate * FALL_PERCENT);
    lastEstimate = bitrate;
    return limited;
  }
}
