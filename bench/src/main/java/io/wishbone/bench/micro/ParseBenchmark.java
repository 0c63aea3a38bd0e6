package io.wishbone.bench.micro;

import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Reading a transport-wide feedback about 20 packets, and an offer.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ParseBenchmark {
  private static final int FEEDBACK_PACKETS = 20;

  private final ByteBuffer feedback = feedback();
  private final String offer = offer();

  /// draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1: one run of small deltas.
  private static ByteBuffer feedback() {
    int words = 5 + 6;
    ByteBuffer packet = ByteBuffer.allocateDirect(4 * words);
    packet.put((byte) 0x8f).put((byte) 205).putShort((short) (words - 1)).putInt(1).putInt(2);
    packet.putShort((short) 1000).putShort((short) FEEDBACK_PACKETS).putInt(0x00001001);
    packet.putShort((short) (1 << 13 | FEEDBACK_PACKETS));
    for (int i = 0; i < FEEDBACK_PACKETS; i++) {
      packet.put((byte) 4);
    }
    return packet;
  }

  private static String offer() {
    var lines = new StringBuilder();
    lines.append("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n");
    for (int mid = 0; mid < 2; mid++) {
      String kind = mid == 0 ? "audio" : "video";
      lines.append("m=" + kind + " 9 UDP/TLS/RTP/SAVPF 96 97 98\r\nc=IN IP4 0.0.0.0\r\n");
      lines.append("a=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=setup:actpass\r\n");
      lines.append("a=fingerprint:sha-256 " + "AB:".repeat(31) + "CD\r\na=mid:" + mid + "\r\n");
      lines.append("a=sendonly\r\na=rtcp-mux\r\na=rtcp-rsize\r\n");
      for (int type = 96; type < 99; type++) {
        lines.append("a=rtpmap:" + type + (mid == 0 ? " opus/48000/2\r\n" : " VP8/90000\r\n"));
        lines.append("a=rtcp-fb:" + type + " transport-cc\r\na=rtcp-fb:" + type + " nack\r\n");
        lines.append("a=fmtp:" + type + " level-asymmetry-allowed=1;packetization-mode=1\r\n");
      }
    }
    return lines.toString();
  }

  @Benchmark
  public List<RtcpPacket> transportFeedback() {
    return RtcpCodec.parse(feedback, 0, feedback.capacity());
  }

  @Benchmark
  public SessionDescription offerOfTwoSections() throws SdpParseException {
    return SessionDescription.parse(offer);
  }
}
