package io.wishbone.webrtc.nack;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.rtp.WireBytes;
import java.nio.ByteBuffer;

/// Arbitrary bytes as NACKs and as retransmissions.
class NackFuzzTest {

  private static final long LATEST = 70_000;

  /// Nothing that is asked for changes it.
  private static final PacketHistory HISTORY =
      new PacketHistory(new PacketMemory(1 << 20), HistoryLimits.VIDEO);

  static {
    ByteBuffer packet = ByteBuffer.allocate(1_000);
    for (long i = LATEST - 300; i <= LATEST; i++) {
      HISTORY.put(i, packet, 0, 1_000, i, false, 0);
    }
  }

  @FuzzTest
  void answersWithinTheBudgetWhateverIsAskedFor(byte[] datagram) {
    TimeBound.hold(() -> answer(datagram));
  }

  private void answer(byte[] datagram) {
    NackResponder responder = new NackResponder(new RetransmissionBudget(0.5, 800_000));
    for (RtcpPacket read :
        RtcpCodec.parse(WireBytes.exactly(datagram).buffer(), 0, datagram.length)) {
      if (read instanceof Nack nack) {
        for (int number : nack.sequenceNumbers()) {
          long index = LATEST + SequenceNumbers.distance(number, (int) LATEST & 0xFFFF);
          if (responder.judge(HISTORY, index, index, 0, 1) == Verdict.SEND
              && HISTORY.find(index) < 0) {
            throw new AssertionError("sends what is not there");
          }
        }
      }
    }
    assertThat(responder.retransmitted()).isLessThanOrEqualTo(50);
  }

  @FuzzTest
  void unwrapsWithinThePacketWhateverItIs(byte[] datagram) {
    TimeBound.hold(() -> unwrap(datagram));
  }

  private void unwrap(byte[] datagram) {
    WireBytes wire = WireBytes.of(datagram);
    RtpPacket view = new RtpPacket();
    if (!view.wrap(wire.buffer(), wire.offset(), datagram.length)) {
      return;
    }
    int number = RtxPackets.originalSequenceNumber(view);
    int length = RtxPackets.unwrap(view, 96, 7);
    assertThat(wire.isUntouchedBeyond(datagram.length)).isTrue();
    if (number < 0) {
      assertThat(length).isEqualTo(-1);
      return;
    }
    RtpPacket original = new RtpPacket();
    assertThat(original.wrap(wire.buffer(), wire.offset() + RtxPackets.OVERHEAD, length)).isTrue();
    assertThat(original.sequenceNumber()).isEqualTo(number);
    assertThat(original.payloadType()).isEqualTo(96);
    assertThat(original.ssrc()).isEqualTo(7);
  }
}
