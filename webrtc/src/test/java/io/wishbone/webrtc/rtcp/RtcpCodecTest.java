package io.wishbone.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.rtp.WireBytes;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpCodecTest {

  private static final String RECEIVER_REPORT = "80c90001 11223344 ";
  private static final String LOSS_INDICATION = "81ce0002 00000001 00000002 ";

  @Test
  void readsCompoundPackets() {
    assertThat(parse(RECEIVER_REPORT + "81ca0003 11223344 0105 63616d4031 00" + LOSS_INDICATION))
        .containsExactly(
            new ReceiverReport(0x11223344L, List.of()),
            SourceDescription.ofCanonicalName(0x11223344L, "cam@1"),
            new PictureLossIndication(1, 2));
  }

  @Test
  void readsReducedSizePackets() {
    assertThat(parse(LOSS_INDICATION)).containsExactly(new PictureLossIndication(1, 2));
  }

  @Test
  void writesCompoundPackets() {
    WireBytes room = WireBytes.room(20);
    int length =
        RtcpCodec.write(
            List.of(new ReceiverReport(0x11223344L, List.of()), new PictureLossIndication(1, 2)),
            room.buffer(),
            room.offset());
    assertThat(room.hex(length)).isEqualTo((RECEIVER_REPORT + LOSS_INDICATION).replace(" ", ""));
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    WireBytes room = WireBytes.room(19);
    PictureLossIndication first = new PictureLossIndication(1, 2);
    Nack large = new Nack(1, 2, List.of(3));
    ReceiverReport small = new ReceiverReport(0x11223344L, List.of());
    int length =
        RtcpCodec.write(List.of(small, large, small), room.buffer(), room.offset(), room.length());
    assertThat(parse(room.cut(length))).containsExactly(small, small);
    assertThat(room.isUntouchedBeyond(length)).isTrue();
    assertThat(RtcpCodec.length(List.of(small, large, first))).isEqualTo(8 + 16 + 12);
  }

  @Test
  void neverWritesBeyondTheBuffer() {
    WireBytes wire = WireBytes.exactly(new byte[10]);
    assertThat(RtcpCodec.write(List.of(new PictureLossIndication(1, 2)), wire.buffer(), 0))
        .isZero();
    assertThat(
            RtcpCodec.write(
                List.of(new ReceiverReport(1, List.of())), wire.buffer(), 2, Short.MAX_VALUE))
        .isEqualTo(8);
  }

  @Test
  void writesNothingForWhatItDidNotUnderstand() {
    WireBytes room = WireBytes.room(64);
    assertThat(RtcpCodec.write(List.of(new UnknownRtcp(207, 0, 12)), room.buffer(), room.offset()))
        .isZero();
    assertThat(room.isUntouchedBeyond(0)).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "APP, 80cc0002 00000001 41424344, 204, 0, 12",
    "XR, 80cf0001 00000001, 207, 0, 8",
    "transport feedback of another format, 83cd0002 00000001 00000002, 205, 3, 12",
    "payload feedback of another format, 82ce0002 00000001 00000002, 206, 2, 12",
    "application feedback that is no REMB, 8fce0004 00000001 00000000 41424344 00000000, 206, 15, 20",
    "application feedback without a name, 8fce0002 00000001 00000000, 206, 15, 12",
    "a type of the future, 80ff0000, 255, 0, 4",
  })
  void keepsTheFactThatSomethingUnknownCame(
      String name, String hex, int packetType, int format, int length) {
    assertThat(parse(hex + LOSS_INDICATION))
        .as(name)
        .containsExactly(
            new UnknownRtcp(packetType, format, length), new PictureLossIndication(1, 2));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "report blocks that are not there, 81c90001 11223344",
    "31 report blocks in an SR, 9fc80006 00000001 00000000 00000000 00000000 00000000 00000000",
    "an SR without sender information, 80c80001 00000001",
    "an RR without SSRC, 80c90000",
    "31 chunks in an SDES, 9fca0001 00000001",
    "an SDES item beyond the end, 81ca0002 00000001 01ff6161",
    "an SDES item without length, 82ca0003 00000001 01016100 00000002",
    "an SDES list without end, 81ca0002 00000001 01026161",
    "31 sources in a BYE, 9fcb0001 00000001",
    "a reason beyond the end, 81cb0002 00000001 ff616161",
    "a NACK of nothing, 81cd0002 00000001 00000002",
    "a NACK without SSRCs, 81cd0000",
    "a PLI without SSRCs, 81ce0001 00000001",
    "a FIR of nothing, 84ce0002 00000001 00000000",
    "a REMB with 255 SSRCs, 8fce0005 00000001 00000000 52454d42 ff000000 00000001",
    "transport feedback without its header, 8fcd0003 00000001 00000002 00000000",
    "transport feedback about no packets, 8fcd0005 00000001 00000002 00000000 00000000 20000000",
    "transport feedback without chunks, 8fcd0004 00000001 00000002 00000001 00000000",
    "chunks for 16384 packets missing, 8fcd0005 00000001 00000002 00004000 00000000 00010001",
    "runs of no length, 8fcd0005 00000001 00000002 00000001 00000000 20002000",
    "deltas that are not there, 8fcd0005 00000001 00000002 00000003 00000000 20030000",
    "8191 deltas that are not there, 8fcd0005 00000001 00000002 00001fff 00000000 3fff0000",
    "half a large delta, 8fcd0005 00000001 00000002 00000002 00000000 40020000",
    "a reserved symbol, 8fcd0005 00000001 00000002 00000001 00000000 60010000",
    "a reserved symbol in a vector, 8fcd0005 00000001 00000002 00000001 00000000 f0000000",
    "65535 packets, 8fcd000a 00000001 00000002 0000ffff 00000000 "
        + "1fff1fff 1fff1fff 1fff1fff 1fff1fff 1fff0000 00000000",
  })
  void skipsAPacketWithAMalformedInside(String fault, String hex) {
    assertThat(parse(hex + LOSS_INDICATION))
        .as(fault)
        .containsExactly(new PictureLossIndication(1, 2));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "half a header, 81ce",
    "version 1, 41ce0002 00000001 00000002",
    "a length beyond the end, 81ce0003 00000001 00000002",
    "the longest length, 81ceffff 00000001 00000002",
    "padding longer than the packet, a1ce0002 00000001 000000ff",
    "padding into the header, a1ce0002 00000001 00000009",
  })
  void endsWhereAHeaderIsWrong(String fault, String hex) {
    assertThat(parse(RECEIVER_REPORT + hex))
        .as(fault)
        .containsExactly(new ReceiverReport(0x11223344L, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "a1ce0002 00000001 00000009",
    "a1ce0003 00000001 00000002 00000000",
    "a0cf0001 000000ff",
    "a0cf0000",
  })
  void readsNothingBehindPaddingThatCannotBe(String hex) {
    assertThat(parse(RECEIVER_REPORT + hex + LOSS_INDICATION))
        .containsExactly(new ReceiverReport(0x11223344L, List.of()));
  }

  @Test
  void takesPaddingOff() {
    assertThat(parse("a1ce0003 00000001 00000002 00000004"))
        .containsExactly(new PictureLossIndication(1, 2));
    assertThat(parse("a1cd0004 00000001 00000002 00030000 00000004"))
        .containsExactly(new Nack(1, 2, List.of(3)));
  }

  @Test
  void readsABoundedNumberOfPackets() {
    assertThat(parse("80cb0000".repeat(10_000))).hasSize(RtcpCodec.MAX_PACKETS);
  }

  @Test
  void readsABoundedNumberOfLostPackets() {
    String pairs = "0000ffff".repeat(16_000);
    List<RtcpPacket> packets = parse("81cd3e82 00000001 00000002" + pairs);
    assertThat(packets).singleElement().isInstanceOf(Nack.class);
    assertThat(((Nack) packets.getFirst()).sequenceNumbers()).hasSize(Nack.MAX_SEQUENCE_NUMBERS);
  }

  /// 24 bytes each that tell of 8191 packets, none of which has arrived.
  @Test
  void readsFeedbackAboutABoundedNumberOfPackets() {
    List<RtcpPacket> packets =
        parse("8fcd0005 00000001 00000002 00001fff 00000000 1fff0000".repeat(100));
    assertThat(packets).hasSize(2).allMatch(TransportFeedback.class::isInstance);
    assertThat(2 * 8191).isLessThanOrEqualTo(RtcpCodec.MAX_ARRIVALS);
  }

  @Test
  void readsABoundedNumberOfDemands() {
    List<RtcpPacket> packets =
        parse("84ce07d2 00000001 00000000" + "0000000101000000".repeat(1000));
    assertThat(packets).singleElement().isInstanceOf(FullIntraRequest.class);
    assertThat(((FullIntraRequest) packets.getFirst()).entries())
        .hasSize(FullIntraRequest.MAX_ENTRIES);
  }

  @Test
  void survivesBitratesBeyondAnyNumber() {
    assertThat(parse("8fce0004 00000001 00000000 52454d42 00ffffff"))
        .containsExactly(new Remb(1, Long.MAX_VALUE, List.of()));
    // Shifted by 63, the mantissa of 2 is gone altogether.
    assertThat(parse("8fce0004 00000001 00000000 52454d42 00fc0002"))
        .containsExactly(new Remb(1, Long.MAX_VALUE, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"262143, 262143", "262145, 262144", "1000001, 1000000", "123456789012, 123456716800"})
  void roundsBitratesDownToEighteenBits(long bitrate, long read) {
    WireBytes room = WireBytes.room(64);
    int length =
        RtcpCodec.write(List.of(new Remb(1, bitrate, List.of())), room.buffer(), room.offset());
    assertThat(parse(room.cut(length))).containsExactly(new Remb(1, read, List.of()));
  }

  @Test
  void cutsTextsAtTwoHundredFiftyFiveBytesBetweenCharacters() {
    WireBytes room = WireBytes.room(600);
    int length =
        RtcpCodec.write(
            List.of(new Goodbye(List.of(), "é".repeat(200))), room.buffer(), room.offset());
    assertThat(parse(room.cut(length))).containsExactly(new Goodbye(List.of(), "é".repeat(127)));
  }

  @Test
  void refusesToBeGivenMoreThanAPacketTakes() {
    ReportBlock block = new ReportBlock(1, 2, 3, 4, 5, 6, 7);
    assertThatThrownBy(() -> new ReceiverReport(1, Collections.nCopies(32, block)))
        .hasMessageContaining("31");
    assertThatThrownBy(() -> new Goodbye(Collections.nCopies(32, 1L), ""))
        .hasMessageContaining("31");
    assertThatThrownBy(() -> new Remb(1, -1, List.of())).hasMessageContaining("-1 bit/s");
    assertThatThrownBy(() -> ArrivalDeltas.of(40_000)).hasMessageContaining("40000");
  }

  @ParameterizedTest
  @CsvSource({
    "80c80006, true", "80c90001, true", "8fcd0005, true", "80ce0002, true", "80c00000, true",
    "80df0000, true", "80600001, false", "80e00001, false", "80bf0001, false", "80c8, false",
    "'', false",
  })
  void tellsRtcpFromRtp(String hex, boolean rtcp) {
    WireBytes wire = WireBytes.of(hex);
    assertThat(RtcpCodec.looksLikeRtcp(wire.buffer(), wire.offset(), wire.length()))
        .isEqualTo(rtcp);
  }

  private static List<RtcpPacket> parse(String hex) {
    return parse(WireBytes.of(hex));
  }

  private static List<RtcpPacket> parse(WireBytes wire) {
    return RtcpCodec.parse(wire.buffer(), wire.offset(), wire.length());
  }
}
