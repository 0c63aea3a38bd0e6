package io.wishbone.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.rtp.WireBytes;
import java.util.List;

/// Arbitrary bytes as RTCP. The buffer ends where the bytes end, so that reading too far throws.
class RtcpFuzzTest {

  /// Text that was no UTF-8, and bitrates beyond a `long`, are not written as they were read; but
  /// what is written then stays.
  @FuzzTest
  void whateverIsReadSettlesWhenWrittenAgain(byte[] datagram) {
    List<RtcpPacket> read =
        RtcpCodec.parse(WireBytes.exactly(datagram).buffer(), 0, datagram.length);
    assertThat(read).hasSizeLessThanOrEqualTo(RtcpCodec.MAX_PACKETS);
    List<RtcpPacket> settled = writtenAndRead(read);
    assertThat(settled)
        .hasSize((int) read.stream().filter(packet -> !(packet instanceof UnknownRtcp)).count());
    assertThat(writtenAndRead(settled)).isEqualTo(settled);
  }

  private static List<RtcpPacket> writtenAndRead(List<RtcpPacket> packets) {
    int length = RtcpCodec.length(packets);
    WireBytes room = WireBytes.exactly(new byte[length]);
    assertThat(RtcpCodec.write(packets, room.buffer(), 0)).isEqualTo(length);
    return RtcpCodec.parse(room.buffer(), 0, length);
  }
}
