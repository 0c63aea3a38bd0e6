package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.pacer.PacedSender;
import io.wishbone.webrtc.pacer.Pacer;
import io.wishbone.webrtc.pacer.PacingPolicy;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One or more flows through one bottleneck: each a source at 30 frames a second that follows its
/// estimate at once, a pacer, an estimator, and a receiver that sends feedback.
final class Flows {

  private static final long SECOND = 1_000_000_000L;
  private static final int FRAMES_A_SECOND = 30;
  private static final int PACKET = 1_200;
  private static final int MAX_FLOWS = 4;

  final SimNetwork network;
  final List<Flow> flows = new ArrayList<>();
  private final SimSocket sending;
  private final SimSocket receiving;
  private final Receiver receiver = new Receiver();

  Flows(long seed, int count) {
    network = new SimNetwork(seed);
    sending = network.open("10.0.0.1", 5000);
    receiving = network.open("10.0.0.2", 5000);
    for (int i = 0; i < count; i++) {
      flows.add(new Flow(i));
    }
    sending.attach(new Sender());
    receiving.attach(receiver);
  }

  /// A path of this rate and round trip; its queue holds 300 ms.
  Flows over(long bitsPerSecond, int roundTripMillis, double loss) {
    LinkConditions forth =
        LinkConditions.LAN
            .withDelay(Duration.ofMillis(roundTripMillis / 2), Duration.ofMillis(1))
            .withRate(bitsPerSecond, (int) (bitsPerSecond / 8 * 3 / 10))
            .withLoss(loss);
    network.connectOneWay(sending, receiving, forth);
    network.connectOneWay(
        receiving,
        sending,
        LinkConditions.LAN.withDelay(Duration.ofMillis(roundTripMillis / 2), Duration.ofMillis(1)));
    return this;
  }

  /// What becomes of packets.
  Flows forward(LinkConditions forth) {
    network.connectOneWay(sending, receiving, forth);
    return this;
  }

  /// What becomes of feedback.
  Flows feedback(LinkConditions back) {
    network.connectOneWay(receiving, sending, back);
    return this;
  }

  Flows run(double seconds) {
    network.run(Duration.ofNanos((long) (seconds * SECOND)));
    return this;
  }

  /// Seconds until the estimate of the first flow stays between these for a second, or the limit.
  double secondsUntil(double low, double high, double limit) {
    int within = 0;
    for (int tenth = 1; tenth <= limit * 10; tenth++) {
      run(0.1);
      long bitrate = flows.getFirst().bitrate();
      within = bitrate >= low && bitrate <= high ? within + 1 : 0;
      if (within == 10) {
        return (tenth - 9) / 10.0;
      }
    }
    return Double.POSITIVE_INFINITY;
  }

  /// Mean estimates of all flows over so many seconds.
  double[] meanOver(double seconds) {
    double[] sums = new double[flows.size()];
    int steps = (int) (seconds * 20);
    for (int i = 0; i < steps; i++) {
      run(0.05);
      for (int f = 0; f < sums.length; f++) {
        sums[f] += (double) flows.get(f).bitrate() / steps;
      }
    }
    return sums;
  }

  final class Flow implements PacedSender {
    final BandwidthEstimator estimator = new BandwidthEstimator(BitrateLimits.USUAL);
    final Pacer pacer = new Pacer(PacingPolicy.USUAL, BitrateLimits.USUAL.start());
    long sourceMax = Long.MAX_VALUE;

    /// What the source has instead, lowest first: it gives the highest that fits, or the lowest.
    long[] layers = {};

    long[] framesOfLayer = {};
    long beginNanos;
    long delivered;
    private final int id;
    private long frame;

    Flow(int id) {
      this.id = id;
    }

    long bitrate() {
      return estimator.bitrate(network.now());
    }

    long nextNanos() {
      return Math.min(
          frameNanos(), Math.min(estimator.nextTimeoutNanos(), pacer.nextTimeoutNanos()));
    }

    private long frameNanos() {
      return Math.max(SECOND, beginNanos) + frame * (SECOND / FRAMES_A_SECOND);
    }

    void handleTimeout(long now) {
      if (now < beginNanos) {
        return;
      }
      estimator.handleTimeout(now);
      for (ProbeCluster probe = estimator.pollProbe();
          probe != null;
          probe = estimator.pollProbe()) {
        pacer.probe(probe);
      }
      pacer.onEstimate(bitrate());
      if (now >= frameNanos()) {
        frame++;
        long left =
            (layers.length == 0 ? Math.min(sourceMax, bitrate()) : layer()) / 8 / FRAMES_A_SECOND;
        for (; left > 0; left -= PACKET) {
          int size = (int) Math.min(left, PACKET);
          pacer.enqueue(PacketClass.PICTURE, size, size, now);
        }
      }
      if (now >= pacer.nextTimeoutNanos()) {
        pacer.handleTimeout(now, this);
      }
    }

    void layers(long... bitrates) {
      layers = bitrates;
      framesOfLayer = new long[bitrates.length];
      estimator.onWish((long) (1.1 * bitrates[bitrates.length - 1]));
    }

    private long layer() {
      int layer = layers.length - 1;
      while (layer > 0 && layers[layer] * 1.1 > bitrate()) {
        layer--;
      }
      framesOfLayer[layer]++;
      return layers[layer];
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
      int size = Math.max(bytes, 12);
      int at = sending.claim(size);
      int number = estimator.onPacketSent(size, probeCluster, nowNanos);
      sending.buffer().put(at, (byte) id);
      sending.buffer().putShort(at + 1, (short) number);
      sending.commit(at, size, receiving.address());
      return size;
    }
  }

  private final class Sender implements SimEndpoint {
    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
        if (packet instanceof TransportFeedback feedback) {
          flows.get((int) feedback.senderSsrc()).estimator.onFeedback(feedback, nowNanos);
        }
      }
    }

    @Override
    public long nextTimeoutNanos() {
      long next = Long.MAX_VALUE;
      for (Flow flow : flows) {
        next = Math.min(next, Math.max(flow.nextNanos(), flow.beginNanos));
      }
      return next;
    }

    @Override
    public void handleTimeout(long nowNanos) {
      flows.forEach(flow -> flow.handleTimeout(nowNanos));
    }
  }

  private final class Receiver implements SimEndpoint {
    private final ArrivalRecorder[] recorders = new ArrivalRecorder[MAX_FLOWS];

    Receiver() {
      for (int i = 0; i < MAX_FLOWS; i++) {
        recorders[i] = new ArrivalRecorder(i);
      }
    }

    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      int id = buffer.get(offset);
      flows.get(id).delivered += length;
      recorders[id].onPacket(1, Short.toUnsignedInt(buffer.getShort(offset + 1)), nowNanos);
    }

    @Override
    public long nextTimeoutNanos() {
      long next = Long.MAX_VALUE;
      for (ArrivalRecorder recorder : recorders) {
        next = Math.min(next, recorder.nextTimeoutNanos());
      }
      return next;
    }

    @Override
    public void handleTimeout(long nowNanos) {
      for (ArrivalRecorder recorder : recorders) {
        for (TransportFeedback feedback : recorder.handleTimeout(nowNanos)) {
          int at = receiving.claim(1_500);
          int length = RtcpCodec.write(List.of(feedback), receiving.buffer(), at);
          receiving.commit(at, length, sending.address());
        }
      }
    }
  }
}
