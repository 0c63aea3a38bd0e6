package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.jsep.AnswerChecker;
import io.wishbone.webrtc.jsep.AnswerKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The answer to every recorded offer, byte for byte, and judged by the checker.
///
/// When an answer is meant to change: run, read `target/answers`, and copy it over
/// `src/test/resources/answers`.
class GoldenAnswersTest {
  private static final Path ACTUAL = Path.of("target", "answers");

  /// Streams to look at, each by the offer of its publisher.
  private static final Map<String, String> STREAMS =
      Map.of(
          "vp8", "chromium156-whip-av-sendonly",
          "h264", "libdatachannel-node-datachannel0.33-whip",
          "av1", "chromium156-whip-av1-only",
          "audio-only", "chromium156-whip-audio-only",
          "video-only", "ffmpeg9-openssl-whip-videoonly-dtlsactive",
          "simulcast", "chromium156-whip-simulcast-3rid");

  static Stream<Arguments> viewers() {
    return Offers.viewers()
        .flatMap(
            viewer -> STREAMS.keySet().stream().sorted().map(kind -> Arguments.of(viewer, kind)));
  }

  @Test
  void knowsEveryRecordedOffer() throws IOException {
    List<String> known = Stream.concat(Offers.publishers(), Offers.viewers()).sorted().toList();

    try (Stream<Path> files = Files.list(Path.of("src/test/resources/offers"))) {
      assertThat(
              files.map(file -> file.getFileName().toString().replaceAll("\\.sdp$", "")).sorted())
          .isEqualTo(known);
    }
    for (String name : known) {
      String recorded = name.contains(".trickle") ? name + ".sdp" : name + ".offer.sdp";
      assertThat(Offers.text(name)).isEqualTo(read("/sdp/" + recorded));
    }
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void answersPublishersAsWrittenDown(String publisher) throws IOException {
    String answer = Offers.publish(publisher).answer().write();

    assertThat(AnswerChecker.violations(Offers.text(publisher), answer, AnswerKind.TO_PUBLISHER))
        .isEmpty();
    assertGolden(publisher, answer);
  }

  @ParameterizedTest
  @MethodSource("viewers")
  void answersViewersAsWrittenDown(String viewer, String kind) throws IOException {
    Negotiation source = Offers.publish(Objects.requireNonNull(STREAMS.get(kind)));
    String answer;
    try {
      answer =
          SubscriberAnswerer.answer(Offers.offer(viewer), source.tracks(), Offers.LOCAL)
              .answer()
              .write();
      assertThat(AnswerChecker.violations(Offers.text(viewer), answer, AnswerKind.TO_VIEWER))
          .isEmpty();
    } catch (OfferRefusedException refusal) {
      answer = refusal.fault() + ": " + refusal.getMessage() + "\r\n";
    }

    assertGolden(viewer + "." + kind, answer);
  }

  private static void assertGolden(String name, String answer) throws IOException {
    Files.createDirectories(ACTUAL);
    Files.writeString(ACTUAL.resolve(name + ".sdp"), answer);
    assertThat(answer).isEqualTo(read("/answers/" + name + ".sdp"));
  }

  private static String read(String name) throws IOException {
    try (InputStream in = GoldenAnswersTest.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
