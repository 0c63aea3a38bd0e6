package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.pacer.PacedSender;
import io.wishbone.webrtc.pacer.Pacer;
import io.wishbone.webrtc.pacer.PacingPolicy;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// A picture that follows its estimate at once, over a link that carries what a [LinkTrace] says,
/// by milliseconds.
final class TracedFlow implements PacedSender {
  private static final long MILLISECOND = 1_000_000;
  private static final long ONE_WAY_MILLIS = 25;
  private static final int PACKET = 1_200;
  private static final int FRAMES_A_SECOND = 30;

  private record InFlight(int number, int bytes, long sentMilli) {}

  private record Due<T>(T what, long milli) {}

  private final LinkTrace trace;
  private final int queueBytes;
  private final BandwidthEstimator estimator = new BandwidthEstimator(BitrateLimits.USUAL);
  private final Pacer pacer = new Pacer(PacingPolicy.USUAL, BitrateLimits.USUAL.start());
  private final ArrivalRecorder recorder = new ArrivalRecorder(1);
  private final Queue<InFlight> queue = new ArrayDeque<>();
  private final Queue<Due<InFlight>> arriving = new ArrayDeque<>();
  private final Queue<Due<TransportFeedback>> returning = new ArrayDeque<>();
  private final List<Long> delays = new ArrayList<>();
  private long milli = 1_000;
  private long frame;
  private long waiting;
  private long sent;
  private long dropped;
  private long delivered;
  private long capacity;

  TracedFlow(LinkTrace trace, int queueBytes) {
    this.trace = trace;
    this.queueBytes = queueBytes;
  }

  /// @param used the share of what the link could have carried
  /// @param delayMillis that 95 % of the packets waited at most
  /// @param lost the share of packets that found the queue full
  record Outcome(double kilobits, double used, long delayMillis, double lost) {}

  Outcome run(long millis) {
    long bits = 0;
    for (long end = milli + millis; milli < end; milli++) {
      long now = milli * MILLISECOND;
      produce(now);
      bits += trace.bits(milli);
      capacity += trace.bits(milli);
      while (!queue.isEmpty() && queue.peek().bytes() * 8L <= bits) {
        InFlight passed = queue.remove();
        bits -= passed.bytes() * 8L;
        waiting -= passed.bytes();
        delivered += passed.bytes();
        delays.add(milli - passed.sentMilli());
        arriving.add(new Due<>(passed, milli + ONE_WAY_MILLIS));
      }
      if (queue.isEmpty()) {
        bits = 0; // what is not used is gone
      }
      feedBack(now);
    }
    delays.sort(null);
    return new Outcome(
        (double) capacity / millis,
        delivered * 8.0 / capacity,
        delays.get(delays.size() * 95 / 100),
        (double) dropped / sent);
  }

  private void produce(long now) {
    estimator.handleTimeout(now);
    for (ProbeCluster probe = estimator.pollProbe(); probe != null; probe = estimator.pollProbe()) {
      pacer.probe(probe);
    }
    pacer.onEstimate(estimator.bitrate(now));
    if (milli * FRAMES_A_SECOND / 1_000 > frame) {
      frame = milli * FRAMES_A_SECOND / 1_000;
      for (long left = estimator.bitrate(now) / 8 / FRAMES_A_SECOND; left > 0; left -= PACKET) {
        int size = (int) Math.min(left, PACKET);
        pacer.enqueue(PacketClass.PICTURE, size, size, now);
      }
    }
    if (now >= pacer.nextTimeoutNanos()) {
      pacer.handleTimeout(now, this);
    }
  }

  private void feedBack(long now) {
    while (!arriving.isEmpty() && arriving.peek().milli() <= milli) {
      recorder.onPacket(1, arriving.remove().what().number(), now);
    }
    for (TransportFeedback feedback : recorder.handleTimeout(now)) {
      returning.add(new Due<>(feedback, milli + ONE_WAY_MILLIS));
    }
    while (!returning.isEmpty() && returning.peek().milli() <= milli) {
      estimator.onFeedback(returning.remove().what(), now);
    }
  }

  @Override
  public int send(PacketClass kind, long handle, int probeCluster, long nowNanos) {
    return transmit((int) handle, probeCluster, nowNanos);
  }

  @Override
  public int pad(int bytes, int probeCluster, long nowNanos) {
    return transmit(Math.min(bytes, PACKET), probeCluster, nowNanos);
  }

  private int transmit(int bytes, int probeCluster, long nowNanos) {
    int number = estimator.onPacketSent(bytes, probeCluster, nowNanos);
    sent++;
    if (waiting + bytes > queueBytes) {
      dropped++;
    } else {
      waiting += bytes;
      queue.add(new InFlight(number, bytes, milli));
    }
    return bytes;
  }
}
