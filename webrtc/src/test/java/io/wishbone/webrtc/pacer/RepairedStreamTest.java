package io.wishbone.webrtc.pacer;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.bwe.BandwidthEstimator;
import io.wishbone.webrtc.bwe.BitrateLimits;
import io.wishbone.webrtc.bwe.ProbeCluster;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.NackGenerator;
import io.wishbone.webrtc.nack.NackPolicy;
import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.RtxPackets;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.rtp.SequenceUnwrapper;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// All of it together, as a viewer's session has it: history, pacer, transport-wide numbers, RTX,
/// estimator, over a bottleneck that loses packets at random besides. The picture takes 1.2 Mbit/s
/// of 2.5, its keyframes five frames at once every two seconds.
class RepairedStreamTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final int SECONDS = 60;
  private static final long FRAME_NANOS = SECOND / 30;
  private static final int FRAME_BYTES = 5_000;
  private static final int PAYLOAD = 1_100;
  private static final int TRANSPORT_WIDE_ID = 3;
  private static final long PICTURE = 0xAAL;
  private static final long RTX = 0xBBL;
  private static final long PLAYOUT_NANOS = 400 * MILLISECOND;
  private static final Duration ONE_WAY = Duration.ofMillis(25);

  @ParameterizedTest(name = "{0} % loss: at most {1} per mille late")
  @CsvSource({"0, 0", "5, 0.5", "10, 1", "20, 6"})
  void keepsThePictureWhole(int lossPercent, double latePerMille) {
    double late = 0;
    double sent = 0;
    long slowest = Long.MAX_VALUE;
    double seconds = 0;
    for (long seed = 1; seed <= 5; seed++) {
      SimNetwork network = new SimNetwork(seed);
      SimSocket from = network.open("10.0.0.1", 5000);
      SimSocket to = network.open("10.0.0.2", 5000);
      Viewer viewer = new Viewer(to, from.address());
      Session session = new Session(from, to.address(), network.now());
      LinkConditions back =
          LinkConditions.LAN.withDelay(ONE_WAY, Duration.ofMillis(2)).withLoss(lossPercent / 100.0);
      network.connectOneWay(from, to, back.withRate(2_500_000, 80_000));
      network.connectOneWay(to, from, back);
      from.attach(session);
      to.attach(viewer);
      network.run(Duration.ofSeconds(10));
      for (int i = 10; i < SECONDS; i++) {
        network.run(Duration.ofSeconds(1));
        slowest = Math.min(slowest, session.estimator.bitrate(network.now()));
        seconds++;
      }
      session.ended = true;
      network.run(Duration.ofSeconds(2));

      sent += session.next;
      late += session.next - viewer.inTime;
      assertThat(viewer.strange).isZero();
      assertThat(session.gone).isZero();
      assertThat(session.pacer.droppedPackets()).isZero();
      assertThat(session.longestSoundWait).isZero();
    }
    System.out.printf(
        "%2d %% loss: %.3f per mille of the picture's packets lost or later than 400 ms; estimate"
            + " never below %d kbit/s%n",
        lossPercent, 1000 * late / sent, slowest / 1000);
    assertThat(seconds).isPositive();
    assertThat(1000 * late / sent).isLessThanOrEqualTo(latePerMille);
    assertThat(slowest).isGreaterThan(800_000);
  }

  private static final class Session implements SimEndpoint, PacedSender {
    private static final long ROUND_TRIP = 2 * ONE_WAY.toNanos();

    private final SimSocket socket;
    private final InetSocketAddress viewer;
    private final PacketHistory history =
        new PacketHistory(new PacketMemory(8 << 20), HistoryLimits.VIDEO);
    private final RetransmissionBudget budget =
        new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, 1_200_000);
    private final NackResponder responder = new NackResponder(budget);
    private final RtxStream rtx = new RtxStream(RTX, 97, 30_000);
    private final BandwidthEstimator estimator = new BandwidthEstimator(BitrateLimits.USUAL);
    private final Pacer pacer = new Pacer(PacingPolicy.USUAL, BitrateLimits.USUAL.start());
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final RtpPacket view = new RtpPacket();
    private final ByteBuffer scratch = ByteBuffer.allocate(2_000);
    private final long begin;
    private boolean ended;
    private long frame;
    private long sound;
    private long next;
    private long gone;
    private long longestSoundWait;

    Session(SimSocket socket, InetSocketAddress viewer, long begin) {
      this.socket = socket;
      this.viewer = viewer;
      this.begin = begin;
      estimator.onWish(1_500_000);
    }

    @Override
    public long nextTimeoutNanos() {
      long own = Math.min(estimator.nextTimeoutNanos(), pacer.nextTimeoutNanos());
      return ended ? own : Math.min(own, Math.min(frameNanos(), soundNanos()));
    }

    private long frameNanos() {
      return begin + frame * FRAME_NANOS;
    }

    private long soundNanos() {
      return begin + sound * 20 * MILLISECOND;
    }

    @Override
    public void handleTimeout(long nowNanos) {
      estimator.handleTimeout(nowNanos);
      ProbeCluster probe = estimator.pollProbe();
      if (probe != null) {
        pacer.probe(probe);
      }
      long bitrate = estimator.bitrate(nowNanos);
      pacer.onEstimate(bitrate);
      budget.onBitrate(Math.min(bitrate, 1_200_000));
      if (!ended && nowNanos >= soundNanos()) {
        sound++;
        pacer.enqueue(PacketClass.SOUND, nowNanos, 80, nowNanos);
      }
      if (!ended && nowNanos >= frameNanos()) {
        receiveFrame(nowNanos);
      }
      if (nowNanos >= pacer.nextTimeoutNanos()) {
        pacer.handleTimeout(nowNanos, this);
      }
    }

    /// A frame comes from the publisher.
    private void receiveFrame(long nowNanos) {
      boolean keyframe = frame % 60 == 0;
      int left = keyframe ? 5 * FRAME_BYTES : FRAME_BYTES;
      for (boolean first = true; left > 0; first = false, left -= PAYLOAD) {
        long index = next++;
        int length =
            header
                    .start(left <= PAYLOAD, 96, (int) index & 0xFFFF, frame, PICTURE)
                    .write(scratch, 0)
                + Math.min(left, PAYLOAD);
        scratch.putLong(RtpPacket.FIXED_HEADER_LENGTH, nowNanos);
        boolean begins = keyframe && first;
        assertThat(history.put(index, scratch, 0, length, frame, begins, nowNanos)).isTrue();
        pacer.enqueue(PacketClass.PICTURE, index, length, nowNanos);
      }
      frame++;
    }

    @Override
    public int send(PacketClass kind, long handle, int probeCluster, long nowNanos) {
      int at = socket.claim(2_000);
      int length =
          switch (kind) {
            case SOUND -> {
              longestSoundWait = Math.max(longestSoundWait, nowNanos - handle);
              yield write(at, 0xCC, 111, handle, scratch, 0, 68, probeCluster, nowNanos);
            }
            case PICTURE -> writePicture(at, handle, probeCluster, nowNanos);
            case REPAIR, COPY -> {
              int original = writePicture(at + RtxPackets.OVERHEAD, handle, probeCluster, nowNanos);
              assertThat(view.wrap(socket.buffer(), at + RtxPackets.OVERHEAD, original)).isTrue();
              yield rtx.wrap(view, at);
            }
          };
      socket.commit(at, length, viewer);
      return length;
    }

    private int writePicture(int at, long index, int probeCluster, long nowNanos) {
      int slot = history.find(index);
      assertThat(slot).isNotNegative();
      assertThat(view.wrap(history.buffer(slot), history.offset(slot), history.length(slot)))
          .isTrue();
      return write(
          at,
          PICTURE,
          96,
          index,
          view.buffer(),
          view.payloadOffset(),
          view.payloadLength(),
          probeCluster,
          nowNanos);
    }

    private int write(
        int at,
        long ssrc,
        int payloadType,
        long index,
        ByteBuffer payload,
        int offset,
        int length,
        int probeCluster,
        long nowNanos) {
      int number =
          estimator.onPacketSent(
              RtpPacket.FIXED_HEADER_LENGTH + 8 + length, probeCluster, nowNanos);
      int headerLength =
          header
              .start(false, payloadType, (int) index & 0xFFFF, 0, ssrc)
              .extension(TRANSPORT_WIDE_ID, number, 2)
              .write(socket.buffer(), at);
      socket.buffer().put(at + headerLength, payload, offset, length);
      return headerLength + length;
    }

    @Override
    public int pad(int bytes, int probeCluster, long nowNanos) {
      int at = socket.claim(2_000);
      int padding = Math.clamp(bytes, 1, RtxPackets.MAX_PADDING);
      int number = estimator.onPacketSent(20 + padding, probeCluster, nowNanos);
      int headerLength =
          header
              .start(false, 97, (int) rtx.takeIndex() & 0xFFFF, 0, RTX)
              .extension(TRANSPORT_WIDE_ID, number, 2)
              .write(socket.buffer(), at);
      int length = RtxPackets.pad(socket.buffer(), at, headerLength, padding);
      socket.commit(at, length, viewer);
      return length;
    }

    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
        if (packet instanceof TransportFeedback feedback) {
          estimator.onFeedback(feedback, nowNanos);
        } else if (packet instanceof Nack nack) {
          for (int number : nack.sequenceNumbers()) {
            repeat(number, nowNanos);
          }
        }
      }
    }

    private void repeat(int number, long nowNanos) {
      long latest = next - 1;
      long index = latest + SequenceNumbers.distance(number, (int) latest & 0xFFFF);
      switch (responder.judge(history, index, index, ROUND_TRIP, nowNanos)) {
        case SEND -> pacer.enqueue(PacketClass.REPAIR, index, PAYLOAD, nowNanos);
        case GONE -> gone++;
        case TOO_SOON, OVER_BUDGET, NOT_HERE, IGNORED -> {}
      }
    }
  }

  private static final class Viewer implements SimEndpoint {
    private final SimSocket socket;
    private final InetSocketAddress peer;
    private final ArrivalRecorder arrivals = new ArrivalRecorder(1);
    private final NackGenerator nacks = new NackGenerator(1, PICTURE, NackPolicy.VIDEO);
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final RtpPacket view = new RtpPacket();
    private final BitSet seen = new BitSet();
    private long inTime;
    private long strange;

    Viewer(SimSocket socket, InetSocketAddress peer) {
      this.socket = socket;
      this.peer = peer;
    }

    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      assertThat(view.wrap(buffer, offset, length)).isTrue();
      int number = view.extensionOffset(TRANSPORT_WIDE_ID);
      arrivals.onPacket(view.ssrc(), Short.toUnsignedInt(buffer.getShort(number)), nowNanos);
      if (view.ssrc() == RTX) {
        int original = RtxPackets.unwrap(view, 96, PICTURE);
        if (original < 0) {
          return;
        }
        assertThat(view.wrap(buffer, offset + RtxPackets.OVERHEAD, original)).isTrue();
      }
      if (view.ssrc() != PICTURE) {
        return;
      }
      long index = unwrapper.unwrap(view.sequenceNumber());
      nacks.onPacket(index, nowNanos);
      if (seen.get((int) index)) {
        return;
      }
      seen.set((int) index);
      long wait = nowNanos - buffer.getLong(view.payloadOffset());
      strange += wait < ONE_WAY.toNanos() || wait > 10 * SECOND ? 1 : 0;
      inTime += wait <= PLAYOUT_NANOS ? 1 : 0;
    }

    @Override
    public long nextTimeoutNanos() {
      return Math.min(arrivals.nextTimeoutNanos(), nacks.nextTimeoutNanos());
    }

    @Override
    public void handleTimeout(long nowNanos) {
      arrivals.handleTimeout(nowNanos).forEach(this::send);
      nacks.handleTimeout(nowNanos).forEach(this::send);
    }

    private void send(RtcpPacket packet) {
      int at = socket.claim(1_500);
      int length = RtcpCodec.write(List.of(packet), socket.buffer(), at);
      socket.commit(at, length, peer);
    }
  }
}
