package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.jsep.AnswerChecker;
import io.wishbone.webrtc.jsep.AnswerKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/// Bent offers of real clients: what is accepted is accepted by the rules, and everything else is
/// refused in a sentence.
class AnswerPropertyTest {
  private static final List<String> STREAMS =
      List.of(
          "chromium156-whip-av-sendonly",
          "libdatachannel-node-datachannel0.33-whip",
          "chromium156-whip-av1-only",
          "chromium156-whip-audio-only",
          "chromium156-whip-simulcast-3rid");

  @Property(tries = 600)
  void publishersAreAnsweredByTheRulesOrRefused(
      @ForAll("publisherOffers") String client, @ForAll("bends") List<Bend> bends) {
    String offer = Bend.all(Offers.text(client), bends);
    try {
      String answer =
          Offers.PUBLISHERS.answer(SessionDescription.parse(offer), Offers.LOCAL).answer().write();
      assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_PUBLISHER))
          .as(offer)
          .isEmpty();
    } catch (SdpParseException | OfferRefusedException refusal) {
      assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(300).matches("\\p{Print}*");
    }
  }

  @Property(tries = 600)
  void viewersAreAnsweredByTheRulesOrRefused(
      @ForAll("viewerOffers") Tuple2<String, String> clients, @ForAll("bends") List<Bend> bends) {
    String offer = Bend.all(Offers.text(clients.get1()), bends);
    List<NegotiatedTrack> source = Offers.publish(clients.get2()).tracks();
    try {
      String answer =
          SubscriberAnswerer.answer(SessionDescription.parse(offer), source, Offers.LOCAL)
              .answer()
              .write();
      assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_VIEWER)).as(offer).isEmpty();
    } catch (SdpParseException | OfferRefusedException refusal) {
      assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(300).matches("\\p{Print}*");
    }
  }

  @Provide
  Arbitrary<String> publisherOffers() {
    return Arbitraries.of(Offers.publishers().toList());
  }

  @Provide
  Arbitrary<Tuple2<String, String>> viewerOffers() {
    return Combinators.combine(Arbitraries.of(Offers.viewers().toList()), Arbitraries.of(STREAMS))
        .as(Tuple::of);
  }

  @Provide
  Arbitrary<List<Bend>> bends() {
    Arbitrary<Bend> any =
        Combinators.combine(
                Arbitraries.of(Bend.What.class),
                Arbitraries.integers().between(0, 400),
                Arbitraries.of(Bend.LINES))
            .as(Bend::new);
    return any.list().ofMinSize(1).ofMaxSize(4).map(ArrayList::new);
  }
}
