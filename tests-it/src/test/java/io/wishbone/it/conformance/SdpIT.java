package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Offers;
import io.wishbone.webrtc.jsep.AnswerChecker;
import io.wishbone.webrtc.jsep.AnswerKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9725 section 4.4 and 4.8: what offers have to be, and answers are.
class SdpIT {
  static final List<String> PUBLISHERS = Sdp.PUBLISHERS;

  /// Longer answers are cut.
  private static final int FFMPEGS_LIMIT = 8192;

  @RegisterExtension static final SharedServer server = SharedServer.open();

  private final Http http = server.http();

  private void assertRefused(String offer, String named) {
    String stream = Http.stream();
    assertThat(http.post(Http.whip(stream), offer).assertProblem(422).body()).contains(named);
    http.post(Http.whep(stream), Sdp.PLAYER).assertProblem(409);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=x-nothing", "a=group:BUNDLE 0", "a=group:LS 0 1"})
  void w35_twoSectionsWithoutOneBundleGroupAreRefused(String group) {
    assertRefused(Sdp.PUBLISHER.replace("a=group:BUNDLE 0 1", group), "BUNDLE");
  }

  @Test
  void w35_oneSectionNeedsNoGroup() {
    assertThat(http.publish(Sdp.without(Sdp.SOUND, "a=group")).answer()).doesNotContain("a=group");
    assertThat(http.publish(Sdp.PUBLISHER).answer()).contains("a=group:BUNDLE 0 1\r\n");
  }

  @Test
  void w36_rtcpIsMultiplexed() {
    assertRefused(Sdp.without(Sdp.PUBLISHER, "a=rtcp-mux"), "rtcp-mux");
    assertThat(Sdp.count(http.publish(Sdp.PUBLISHER).answer(), "a=rtcp-mux")).isEqualTo(2);
  }

  @Test
  void w37_answersSayRtcpMuxOnlyAndOffersNeedNot() {
    assertThat(Sdp.PUBLISHER).doesNotContain("a=rtcp-mux-only");
    assertThat(Sdp.count(http.publish(Sdp.PUBLISHER).answer(), "a=rtcp-mux-only")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "video"})
  void w38_aSecondTrackOfAKindIsRefused(String kind) {
    String section = Sdp.FFMPEG.substring(Sdp.FFMPEG.indexOf("m=" + kind));
    int end = section.indexOf("\nm=", 1);
    String second =
        (end < 0 ? section : section.substring(0, end + 1)).replaceFirst("mid:.", "mid:2");

    assertRefused(Sdp.FFMPEG.replace("BUNDLE 0 1", "BUNDLE 0 1 2") + second, "second of its kind");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=x-msid:", "a=msid:- ", "a=msid:other"})
  void w38_trackNamesAreNoReasonToRefuse(String msid) {
    http.publish(Sdp.FFMPEG.replaceFirst("a=msid:FFmpeg ", msid));
  }

  @Test
  void w39_noHalfOfAnOfferIsTaken() {
    assertRefused(Sdp.FFMPEG.replace("H264/90000", "THEORA/90000"), "m=video");
    assertRefused(Sdp.FFMPEG.replace("opus/48000/2", "speex/16000"), "m=audio");
  }

  @Test
  void w39_aDataChannelIsRejectedAndTheRestGoesOn() {
    String offer =
        Sdp.SOUND.replace("BUNDLE 0", "BUNDLE 0 9")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + "c=IN IP4 0.0.0.0\r\na=mid:9\r\na=sctp-port:5000\r\n";

    String answer = http.publish(offer).answer();

    assertThat(answer).contains("m=application 0 UDP/DTLS/SCTP", "a=group:BUNDLE 0\r\n");
    assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_PUBLISHER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a=setup:actpass, a=setup:passive",
    "a=setup:active, a=setup:passive",
    "a=setup:passive, a=setup:active",
    "a=x-nothing, a=setup:passive"
  })
  void w40_everyDtlsRoleIsAnswered(String offered, String answered) {
    String answer = http.publish(Sdp.PUBLISHER.replace("a=setup:actpass", offered)).answer();

    assertThat(Sdp.count(answer, answered)).isEqualTo(2);
  }

  @Test
  void w40_holdconnIsRefused() {
    assertRefused(Sdp.PUBLISHER.replace("setup:actpass", "setup:holdconn"), "holdconn");
  }

  @Test
  void w41_theServerSaysThatItIsLite() {
    assertThat(http.publish(Sdp.PUBLISHER).answer()).contains("\r\na=ice-lite\r\n");
    assertRefused(Sdp.PUBLISHER.replace("t=0 0", "t=0 0\r\na=ice-lite"), "ice-lite");
  }

  @Test
  void w42_allEncodingsOfSimulcastAreTaken() {
    String answer = http.publish(Sdp.SIMULCAST).answer();

    assertThat(answer)
        .contains(
            "a=rid:h recv\r\n",
            "a=rid:m recv\r\n",
            "a=rid:l recv\r\n",
            "a=simulcast:recv h;m;l\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=simulcast:send h;m;x",
        "a=simulcast:send h;m\r\na=simulcast:send l",
        "a=x-none"
      })
  void w42_simulcastThatMakesNoSenseIsLeftOut(String simulcast) {
    String offer = Sdp.SIMULCAST.replace("a=simulcast:send h;m;l", simulcast);

    assertThat(http.publish(offer).answer()).doesNotContain("a=simulcast", "a=rid");
  }

  @ParameterizedTest
  @FieldSource("PUBLISHERS")
  void w44_answersToRealPublishersKeepEveryRule(String name) {
    String offer = Offers.read(name);

    String answer = http.publish(offer).answer();

    assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_PUBLISHER)).isEmpty();
    assertThat(answer).hasSizeLessThan(FFMPEGS_LIMIT);
  }

  /// FFmpeg takes the first candidate that is `udp` and `host`, and nothing else.
  @Test
  void w44_theFirstCandidateIsOfIpv4AndTheLoopbackAddressComesLast() {
    List<String> addresses =
        http.publish(Sdp.FFMPEG)
            .answer()
            .lines()
            .filter(line -> line.matches("a=candidate:\\S+ 1 udp [0-9]+ \\S+ [0-9]+ typ host"))
            .map(line -> line.split(" ")[4])
            .distinct()
            .toList();

    assertThat(addresses.getFirst()).matches("[0-9]+(?:\\.[0-9]+){3}");
    assertThat(addresses).containsOnlyOnce("127.0.0.1");
    boolean hasMoreOfIpv4 = addresses.stream().filter(address -> address.contains(".")).count() > 1;
    assertThat(addresses.indexOf("127.0.0.1")).isEqualTo(hasMoreOfIpv4 ? addresses.size() - 1 : 0);
  }
}
