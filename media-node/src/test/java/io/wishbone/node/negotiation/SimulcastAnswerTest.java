package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.RidDescription;
import io.wishbone.webrtc.sdp.RidDirection;
import io.wishbone.webrtc.sdp.SimulcastStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several encodings of one track in an offer, RFC 8853, and what is answered.
class SimulcastAnswerTest {

  @Test
  void acceptsAllSimulcastEncodings() {
    Negotiation negotiation = Offers.publish("chromium156-whip-simulcast-3rid");
    MediaDescription video = negotiation.answer().media().getLast();

    assertThat(negotiation.tracks().getLast().rids()).containsExactly("h", "m", "l");
    assertThat(video.rids())
        .containsExactly(
            new RidDescription("h", RidDirection.RECV),
            new RidDescription("m", RidDirection.RECV),
            new RidDescription("l", RidDirection.RECV));
    assertThat(video.simulcast()).isNotNull();
    assertThat(video.simulcast().recv())
        .extracting(SimulcastStream::rid)
        .containsExactly("h", "m", "l");
    assertThat(negotiation.answer().write()).contains("a=simulcast:recv h;m;l\r\n");
  }

  @Test
  void takesASimulcastEncodingThatIsNamedTwiceOnce() throws Exception {
    String offer =
        Offers.text("chromium156-whip-simulcast-3rid").replace("send h;m;l", "send h;h;h");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.tracks().getLast().rids()).containsExactly("h");
    assertThat(negotiation.answer().write()).contains("a=simulcast:recv h\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "send h;m;~l   | h;m;l | a=simulcast:recv h;m;l | as if it were not paused",
        "send h,m;l    | h;l   | a=simulcast:recv h;l   | the first alternative",
        "send x,h;l    | ''    | a=rid                  | a rid that is not described",
        "send h recv l | ''    | a=simulcast            | nobody receives l here",
        "recv h;m;l    | ''    | a=simulcast            | not sent"
      })
  void takesWhatItCanOfSimulcast(String offered, String rids, String line, String why)
      throws Exception {
    String offer = Offers.text("chromium156-whip-simulcast-3rid").replace("send h;m;l", offered);

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(String.join(";", negotiation.tracks().getLast().rids())).as(why).isEqualTo(rids);
    if (rids.isEmpty()) {
      assertThat(negotiation.answer().write()).doesNotContain(line);
    } else {
      assertThat(negotiation.answer().write()).contains(line + "\r\n");
    }
  }

  @Test
  void ignoresSimulcastThatIsOfferedTwice() throws Exception {
    String offer =
        Offers.text("chromium156-whip-simulcast-3rid")
            .replace("a=simulcast:send h;m;l", "a=simulcast:send h;m\r\na=simulcast:send l");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.tracks().getLast().rids()).isEmpty();
    assertThat(negotiation.answer().write()).doesNotContain("a=rid", "a=simulcast");
  }

  @Test
  void keepsTheRestrictionsOfEncodings() throws Exception {
    String offer =
        Offers.text("chromium156-whip-simulcast-3rid")
            .replace("a=rid:h send", "a=rid:h send pt=96,102;max-width=1280")
            .replace("a=rid:m send", "a=rid:m send max-fps=30");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.answer().write())
        .contains(
            "a=rid:h recv pt=96;max-width=1280\r\n",
            "a=rid:m recv max-fps=30\r\n",
            "a=rid:l recv\r\n");
  }

  @Test
  void declinesSimulcastWhenAnEncodingHasAnotherCodec() throws Exception {
    String offer =
        Offers.text("chromium156-whip-simulcast-3rid").replace("rid:m send", "rid:m send pt=102");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.tracks().getLast().codec()).isEqualTo(Codec.VP8);
    assertThat(negotiation.tracks().getLast().rids()).isEmpty();
  }
}
