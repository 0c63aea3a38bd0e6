package io.wishbone.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// Whatever is written is read back as the same records.
class RtcpPropertiesTest {

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadBack(@ForAll("compounds") List<RtcpPacket> packets) {
    int length = RtcpCodec.length(packets);
    assertThat(length % 4).isZero();
    WireBytes room = WireBytes.room(length);

    assertThat(RtcpCodec.write(packets, room.buffer(), room.offset(), length)).isEqualTo(length);
    assertThat(RtcpCodec.parse(room.buffer(), room.offset(), length)).isEqualTo(packets);
    assertThat(room.isUntouchedBeyond(length)).isTrue();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void arrivalsAreReadBackWhateverTheirPattern(@ForAll("longPatterns") ArrivalDeltas arrivals) {
    TransportFeedback feedback = new TransportFeedback(1, 2, 3, 4, 5, arrivals);
    int length = RtcpCodec.length(List.of(feedback));
    WireBytes room = WireBytes.room(length);

    assertThat(RtcpCodec.write(List.of(feedback), room.buffer(), room.offset())).isEqualTo(length);
    assertThat(RtcpCodec.parse(room.buffer(), room.offset(), length)).containsExactly(feedback);
    // No pattern takes more than a chunk for each packet and one for the gap before it.
    assertThat(length).isLessThanOrEqualTo(24 + 2 + 6 * arrivals.receivedCount());
  }

  @Provide
  Arbitrary<List<RtcpPacket>> compounds() {
    return Arbitraries.<RtcpPacket>oneOf(
            Combinators.combine(uint32(), Arbitraries.longs(), uint32(), uint32(), blocks())
                .as((ssrc, ntp, rtp, count, blocks) ->
                    new SenderReport(ssrc, ntp, rtp, count, count ^ 0xFFL, blocks)),
            Combinators.combine(uint32(), blocks()).as(ReceiverReport::new),
            chunks().list().ofMaxSize(31).map(SourceDescription::new),
            Combinators.combine(uint32().list().ofMaxSize(31), texts()).as(Goodbye::new),
            Combinators.combine(
                    uint32(), uint32(), sequenceNumbers().list().ofMinSize(1).ofMaxSize(80))
                .as(Nack::new),
            Combinators.combine(uint32(), uint32()).as(PictureLossIndication::new),
            Combinators.combine(uint32(), demands().list().ofMinSize(1).ofMaxSize(64))
                .as(FullIntraRequest::new),
            Combinators.combine(uint32(), bitrates(), uint32().list().ofMaxSize(255)).as(Remb::new),
            Combinators.combine(
                    uint32(), uint32(), sequenceNumbers(), referenceTimes(), bytes(), arrivals())
                .as(TransportFeedback::new))
        .list()
        .ofMaxSize(8);
  }

  private static Arbitrary<List<ReportBlock>> blocks() {
    Arbitrary<Integer> lost = Arbitraries.integers().between(-0x80_0000, 0x7F_FFFF);
    return Combinators.combine(uint32(), bytes(), lost, uint32(), uint32(), uint32(), uint32())
        .as(ReportBlock::new)
        .list()
        .ofMaxSize(31);
  }

  private static Arbitrary<SourceDescription.Chunk> chunks() {
    Arbitrary<SourceDescription.Item> items =
        Combinators.combine(Arbitraries.integers().between(1, 255), texts())
            .as(SourceDescription.Item::new);
    return Combinators.combine(uint32(), items.list().ofMaxSize(4))
        .as(SourceDescription.Chunk::new);
  }

  private static Arbitrary<FullIntraRequest.Entry> demands() {
    return Combinators.combine(uint32(), bytes()).as(FullIntraRequest.Entry::new);
  }

  /// Those that 18 bits and an exponent can say.
  private static Arbitrary<Long> bitrates() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 0x3_FFFF), Arbitraries.integers().between(0, 45))
        .as((mantissa, exponent) -> mantissa << exponent);
  }

  private static Arbitrary<ArrivalDeltas> arrivals() {
    return ticks().array(int[].class).ofMinSize(1).ofMaxSize(200).map(ArrivalDeltas::of);
  }

  /// Runs of alike packets, as loss and bursts make them.
  @Provide
  Arbitrary<ArrivalDeltas> longPatterns() {
    Arbitrary<int[]> runs =
        Combinators.combine(ticks(), Arbitraries.integers().between(1, 40))
            .as((tick, count) -> {
              int[] run = new int[count];
              Arrays.fill(run, tick);
              return run;
            });
    return runs.list()
        .ofMinSize(1)
        .ofMaxSize(60)
        .map(list -> ArrivalDeltas.of(list.stream().flatMapToInt(Arrays::stream).toArray()));
  }

  private static Arbitrary<Integer> ticks() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.integers().between(0, 255)),
        Tuple.of(2, Arbitraries.integers().between(-32_768, 32_767)),
        Tuple.of(3, Arbitraries.just(ArrivalDeltas.NOT_RECEIVED)));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withCharRange(' ', '\u07FF').ofMaxLength(127);
  }

  private static Arbitrary<Integer> bytes() {
    return Arbitraries.integers().between(0, 255);
  }

  private static Arbitrary<Integer> sequenceNumbers() {
    return Arbitraries.integers().between(0, 65_535);
  }

  private static Arbitrary<Integer> referenceTimes() {
    return Arbitraries.integers().between(-0x80_0000, 0x7F_FFFF);
  }

  private static Arbitrary<Long> uint32() {
    return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
  }
}
