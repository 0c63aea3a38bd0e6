package io.wishbone.webrtc.rtcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.wishbone.webrtc.fuzz.TimeBound;
import io.wishbone.webrtc.rtp.WireBytes;
import java.util.List;

/// Arbitrary bytes as RTCP. The buffer ends where the bytes end, so that reading too far throws.
class RtcpFuzzTest {

  /// Text that was no UTF-8, and bitrates beyond a `long`, are not written as they were read; but
  /// what is written then stays.
  @FuzzTest
  void whateverIsReadSettlesWhenWrittenAgain(byte[] datagram) {
    TimeBound.hold(() -> readAndWrite(datagram));
  }

  private void readAndWrite(byte[] datagram) {
    List<RtcpPacket> read =
        RtcpCodec.parse(WireBytes.exactly(datagram).buffer(), 0, datagram.length);
    check(read.size() <= RtcpCodec.MAX_PACKETS, "too many are read");
    List<RtcpPacket> settled = writtenAndRead(read);
    long known = read.stream().filter(packet -> !(packet instanceof UnknownRtcp)).count();
    check(settled.size() == known, "not all that were read are written");
    check(writtenAndRead(settled).equals(settled), "what is written reads otherwise");
  }

  private static List<RtcpPacket> writtenAndRead(List<RtcpPacket> packets) {
    int length = RtcpCodec.length(packets);
    WireBytes room = WireBytes.exactly(new byte[length]);
    check(RtcpCodec.write(packets, room.buffer(), 0) == length, "not as long as announced");
    return RtcpCodec.parse(room.buffer(), 0, length);
  }

  /// Millions of times, where AssertJ would take most of the time.
  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
