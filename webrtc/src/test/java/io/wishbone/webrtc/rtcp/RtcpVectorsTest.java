package io.wishbone.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each packet type as bytes and as a record, in both directions.
class RtcpVectorsTest {

  private static final ReportBlock BLOCK =
      new ReportBlock(0xCAFEBABEL, 0x40, -2, 0x0001_FFF0L, 0x123L, 0xD4A1_8000L, 0x0001_8000L);

  static Stream<Arguments> vectors() {
    return Stream.of(
        vector(
            "sender report",
            new SenderReport(
                0x11223344L, 0xE8F1D4A1_80000000L, 0xFFFFFFF0L, 1000, 1_200_000, List.of()),
            """
            80 c8 0006                 | no report blocks, SR, seven words
            11223344                   | SSRC of the sender
            e8f1d4a1 80000000          | NTP: half past a second
            fffffff0                   | RTP timestamp
            000003e8 00124f80          | packets, octets
            """),
        vector(
            "sender report with a report block",
            new SenderReport(1, 2, 3, 4, 5, List.of(BLOCK)),
            """
            81 c8 000c
            00000001 00000000 00000002 00000003 00000004 00000005
            cafebabe                   | SSRC of the source
            40 fffffe                  | a quarter lost, two more received than expected in total
            0001fff0                   | highest sequence number after one wrap
            00000123                   | jitter
            d4a18000                   | last SR
            00018000                   | 1.5 s since then
            """),
        vector(
            "receiver report",
            new ReceiverReport(0x11223344L, List.of(BLOCK)),
            """
            81 c9 0007
            11223344
            cafebabe 40fffffe 0001fff0 00000123 d4a18000 00018000
            """),
        vector(
            "empty receiver report",
            new ReceiverReport(0x11223344L, List.of()),
            """
            80 c9 0001 11223344
            """),
        vector(
            "source description of a canonical name",
            SourceDescription.ofCanonicalName(0x11223344L, "cam@1"),
            """
            81 ca 0003
            11223344
            01 05 63616d4031           | CNAME, five bytes
            00                         | end of the list
            """),
        vector(
            "source description whose text ends on a word",
            SourceDescription.ofCanonicalName(0x11223344L, "camera"),
            """
            81 ca 0004
            11223344
            01 06 63616d657261
            00 000000                  | the end takes a word of its own
            """),
        vector(
            "source description of two sources",
            new SourceDescription(
                List.of(
                    new SourceDescription.Chunk(
                        1,
                        List.of(
                            new SourceDescription.Item(SourceDescription.CNAME, "a"),
                            new SourceDescription.Item(2, "é"))),
                    new SourceDescription.Chunk(2, List.of()))),
            """
            82 ca 0005
            00000001
            01 01 61 02 02 c3a9 00     | CNAME a, NAME é
            00000002
            00 000000
            """),
        vector(
            "goodbye",
            new Goodbye(List.of(0x11223344L, 0xFFFFFFFFL), ""),
            """
            82 cb 0002 11223344 ffffffff
            """),
        vector(
            "goodbye with a reason",
            new Goodbye(List.of(0x11223344L), "bye"),
            """
            81 cb 0002 11223344
            03 627965
            """),
        vector(
            "generic NACK across the wrap",
            new Nack(1, 2, List.of(65_534, 65_535, 13, 14, 15)),
            """
            81 cd 0004 00000001 00000002
            fffe c001                  | 65534 and those one, fifteen and sixteen after it
            000f 0000                  | 15 is seventeen after it and takes a pair of its own
            """),
        vector(
            "picture loss indication",
            new PictureLossIndication(1, 0xDEADBEEFL),
            """
            81 ce 0002 00000001 deadbeef
            """),
        vector(
            "full intra request",
            new FullIntraRequest(
                1,
                List.of(
                    new FullIntraRequest.Entry(0xDEADBEEFL, 7),
                    new FullIntraRequest.Entry(3, 255))),
            """
            84 ce 0006 00000001 00000000
            deadbeef 07 000000
            00000003 ff 000000
            """),
        vector(
            "receiver estimated maximum bitrate",
            new Remb(1, 2_500_000, List.of(0x11223344L, 0x55667788L)),
            """
            8f ce 0006 00000001 00000000
            52454d42                   | REMB
            02 12625a                  | two SSRCs, 156250 x 2^4
            11223344 55667788
            """),
        vector(
            "receiver estimated maximum bitrate of nothing",
            new Remb(1, 0, List.of()),
            """
            8f ce 0004 00000001 00000000 52454d42 00000000
            """),
        vector(
            "transport feedback",
            new TransportFeedback(
                1,
                2,
                0xFFFE,
                -2,
                9,
                ArrivalDeltas.of(0, 255, ArrivalDeltas.NOT_RECEIVED, 256, -1, 3)),
            """
            8f cd 0007 00000001 00000002
            fffe 0006                  | from 65534 on, six packets
            fffffe 09                  | -128 ms, the tenth feedback
            d4 a4                      | two-bit vector: small, small, missing, large, large, small
            00 ff 0100 ffff 03         | deltas
            000000                     | padding
            """));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void readsTheBytes(RtcpPacket packet, WireBytes wire) {
    assertThat(RtcpCodec.parse(wire.buffer(), wire.offset(), wire.length()))
        .containsExactly(packet);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void writesTheBytes(RtcpPacket packet, WireBytes wire) {
    WireBytes room = WireBytes.room(wire.length());
    int length = RtcpCodec.write(List.of(packet), room.buffer(), room.offset());
    assertThat(room.hex(length)).isEqualTo(wire.hex());
    assertThat(RtcpCodec.length(List.of(packet))).isEqualTo(length);
    assertThat(room.isUntouchedBeyond(length)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void readsNothingFromAPacketCutShort(RtcpPacket packet, WireBytes wire) {
    for (int length = 0; length < wire.length(); length++) {
      assertThat(RtcpCodec.parse(wire.buffer(), wire.offset(), length)).as("%s", packet).isEmpty();
    }
  }

  private static Arguments vector(String name, RtcpPacket packet, String hex) {
    return Arguments.of(Named.of(name, packet), WireBytes.of(hex));
  }
}
