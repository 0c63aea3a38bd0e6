package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
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
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One who sends with a history and a responder, one who receives with a generator, and a link
/// between them that loses as much in one direction as in the other.
class LossRepairTest {

  private static final long MILLISECOND = 1_000_000;
  private static final int PACKETS = 24_000;
  private static final long PACKET_NANOS = 5 * MILLISECOND; // 1.9 Mbit/s for two minutes
  private static final int PAYLOAD = 1_160;
  private static final long MEDIA = 0xAAAA_AAAAL;
  private static final long RTX = 0xBBBB_BBBBL;

  /// What a viewer can still show: its playout runs that much behind.
  private static final long PLAYOUT_NANOS = 400 * MILLISECOND;

  @ParameterizedTest(name = "{0} % loss, round trip {1} ms: at most {2} per mille late")
  @CsvSource({
    "5, 30, 0.05",
    "10, 30, 0.1",
    "20, 30, 0.5",
    "5, 100, 0.5",
    "10, 100, 3",
    "20, 100, 25"
  })
  void repairsALossyLink(int lossPercent, int roundTripMillis, double latePerMille) {
    repairs(lossPercent, 1, roundTripMillis, latePerMille);
  }

  /// Eight packets in a row on average, so that what repairs them is often lost in the same burst.
  @ParameterizedTest(name = "{0} % loss in bursts, round trip {1} ms: at most {2} per mille late")
  @CsvSource({"5, 30, 0.5", "10, 30, 1", "20, 30, 4", "5, 100, 6", "10, 100, 15", "20, 100, 45"})
  void repairsALinkThatLosesInBursts(int lossPercent, int roundTripMillis, double latePerMille) {
    repairs(lossPercent, 8, roundTripMillis, latePerMille);
  }

  private static void repairs(
      int lossPercent, int burst, int roundTripMillis, double latePerMille) {
    long lost = 0;
    long late = 0;
    long requests = 0;
    long repeats = 0;
    long refused = 0;
    long reserved = 0;
    for (long seed = 1; seed <= 5; seed++) {
      SimNetwork network = new SimNetwork(seed);
      SimSocket from = network.open("10.0.0.1", 5000);
      SimSocket to = network.open("10.0.0.2", 5000);
      Sender sender = new Sender(from, to.address(), roundTripMillis * MILLISECOND, network.now());
      Receiver receiver = new Receiver(to, from.address());
      LinkConditions conditions =
          LinkConditions.LAN
              .withDelay(Duration.ofMillis(roundTripMillis / 2), Duration.ofMillis(2))
              .withLoss(lossPercent / 100.0)
              .withReordering(0.002)
              .withDuplication(0.002);
      network.connect(from, to, conditions);
      if (burst > 1) {
        network.connectOneWay(from, to, conditions.withLoss(0));
        receiver.bursts = new Bursts(new SplittableRandom(seed), lossPercent / 100.0, burst);
      }
      from.attach(sender);
      to.attach(receiver);
      network.run(Duration.ofNanos(PACKETS * PACKET_NANOS + 3_000 * MILLISECOND));

      assertThat(receiver.corrupt).isZero();
      assertThat(receiver.generator.missing()).isZero();
      lost += PACKETS - receiver.received;
      late += PACKETS - receiver.inTime;
      requests += receiver.generator.requests();
      repeats += sender.responder.retransmitted();
      refused += sender.responder.overBudget();
      reserved = Math.max(reserved, sender.memory.reservedBytes());
    }
    double sent = 5.0 * PACKETS;
    System.out.printf(
        "%2d %% loss%s, %3d ms round trip: %.3f per mille never repaired, %.3f per mille later than"
            + " %d ms; %.3f NACKs and %.3f retransmissions a packet%n",
        lossPercent,
        burst > 1 ? " in bursts" : "",
        roundTripMillis,
        1000 * lost / sent,
        1000 * late / sent,
        PLAYOUT_NANOS / MILLISECOND,
        requests / sent,
        repeats / sent);
    assertThat(1000 * late / sent).isLessThanOrEqualTo(latePerMille);
    assertThat(1000 * lost / sent).isLessThanOrEqualTo(latePerMille);
    // Each loss costs one retransmission, and another for each retransmission lost.
    double loss = lossPercent / 100.0;
    assertThat(repeats / sent).isLessThan((burst > 1 ? 1.6 : 1.15) * loss / (1 - loss) + 0.01);
    assertThat(refused / sent).isLessThan(0.01 * loss);
    assertThat(reserved).isLessThanOrEqualTo(2L << 20);
  }

  /// Gilbert's model: all is well, or all is lost, and each lasts for a while.
  private static final class Bursts {
    private final SplittableRandom random;
    private final double begins;
    private final double ends;
    private boolean losing;

    Bursts(SplittableRandom random, double loss, int length) {
      this.random = random;
      ends = 1.0 / length;
      begins = ends * loss / (1 - loss);
    }

    boolean lose() {
      losing = random.nextDouble() < (losing ? 1 - ends : begins);
      return losing;
    }
  }

  private static final class Sender implements SimEndpoint {
    private final SimSocket socket;
    private final InetSocketAddress peer;
    private final PacketMemory memory = new PacketMemory(8 << 20);
    private final PacketHistory history = new PacketHistory(memory, HistoryLimits.VIDEO);
    private final NackResponder responder =
        new NackResponder(new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, 2_000_000));
    private final RtxStream rtx = new RtxStream(RTX, 97, 65_000);
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final RtpPacket view = new RtpPacket();
    private final ByteBuffer scratch = ByteBuffer.allocate(2_000);
    private final long roundTripNanos;
    private final long begin;
    private long sent;

    Sender(SimSocket socket, InetSocketAddress peer, long roundTripNanos, long begin) {
      this.roundTripNanos = roundTripNanos;
      this.socket = socket;
      this.peer = peer;
      this.begin = begin;
    }

    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
        if (packet instanceof Nack nack) {
          nack.sequenceNumbers().forEach(number -> repeat(number, nowNanos));
        }
      }
    }

    private void repeat(int number, long nowNanos) {
      long latest = first() + sent - 1;
      long index = latest + SequenceNumbers.distance(number, (int) latest & 0xFFFF);
      Verdict verdict = responder.judge(history, index, index, roundTripNanos, nowNanos);
      assertThat(verdict).isIn(Verdict.SEND, Verdict.TOO_SOON, Verdict.OVER_BUDGET);
      if (verdict == Verdict.SEND) {
        int slot = history.find(index);
        int at = socket.claim(2_000);
        int length = history.length(slot);
        socket.buffer().put(at + 2, history.buffer(slot), history.offset(slot), length);
        assertThat(view.wrap(socket.buffer(), at + 2, length)).isTrue();
        socket.commit(at, rtx.wrap(view, at), peer);
      }
    }

    @Override
    public long nextTimeoutNanos() {
      return sent == PACKETS ? Long.MAX_VALUE : begin + sent * PACKET_NANOS;
    }

    @Override
    public void handleTimeout(long nowNanos) {
      long index = first() + sent++;
      int number = (int) index & 0xFFFF;
      int start = header.start(false, 96, number, index, MEDIA).write(scratch, 0);
      for (int i = 0; i < PAYLOAD; i += Long.BYTES) {
        scratch.putLong(start + i, index * 31 + i);
      }
      scratch.putLong(start, nowNanos);
      history.put(index, scratch, 0, start + PAYLOAD, index, false, nowNanos);
      int at = socket.claim(start + PAYLOAD);
      socket.buffer().put(at, scratch, 0, start + PAYLOAD);
      socket.commit(at, start + PAYLOAD, peer);
    }

    private static long first() {
      return 60_000; // the numbers wrap soon
    }
  }

  private static final class Receiver implements SimEndpoint {
    private final SimSocket socket;
    private final InetSocketAddress peer;
    private final NackGenerator generator = new NackGenerator(1, MEDIA, NackPolicy.VIDEO);
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final RtpPacket view = new RtpPacket();
    private final BitSet seen = new BitSet();
    private @Nullable Bursts bursts;
    private long received;
    private long inTime;
    private long corrupt;

    Receiver(SimSocket socket, InetSocketAddress peer) {
      this.socket = socket;
      this.peer = peer;
    }

    @Override
    public void handleDatagram(
        ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
      if (bursts != null && bursts.lose()) {
        return;
      }
      assertThat(view.wrap(buffer, offset, length)).isTrue();
      if (view.ssrc() == RTX) {
        int original = RtxPackets.unwrap(view, 96, MEDIA);
        assertThat(view.wrap(buffer, offset + RtxPackets.OVERHEAD, original)).isTrue();
      }
      long index = unwrapper.unwrap(view.sequenceNumber());
      generator.onPacket(index, nowNanos);
      if (seen.get((int) index)) {
        return;
      }
      seen.set((int) index);
      received++;
      boolean whole = view.ssrc() == MEDIA && view.timestamp() == index;
      for (int i = Long.BYTES; i < PAYLOAD; i += Long.BYTES) {
        whole &= buffer.getLong(view.payloadOffset() + i) == index * 31 + i;
      }
      corrupt += whole ? 0 : 1;
      if (nowNanos - buffer.getLong(view.payloadOffset()) <= PLAYOUT_NANOS) {
        inTime++;
      }
    }

    @Override
    public long nextTimeoutNanos() {
      return generator.nextTimeoutNanos();
    }

    @Override
    public void handleTimeout(long nowNanos) {
      List<Nack> nacks = generator.handleTimeout(nowNanos);
      for (Nack nack : nacks) {
        int at = socket.claim(1_500);
        int length = RtcpCodec.write(List.of(nack), socket.buffer(), at);
        socket.commit(at, length, peer);
      }
    }
  }
}
