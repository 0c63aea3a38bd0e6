package io.wishbone.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.SessionRole;
import io.wishbone.signaling.RealOffers;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RemoteIce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfferTest {

  @ParameterizedTest
  @MethodSource("io.wishbone.signaling.RealOffers#publishers")
  void takesWhatRealPublishersOffer(String name) {
    String text = RealOffers.text(name);
    assertThat(Offer.parse(text, SessionRole.PUBLISHER).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.signaling.RealOffers#players")
  void takesWhatRealPlayersOffer(String name) {
    String text = RealOffers.text(name);
    assertThat(Offer.parse(text, SessionRole.SUBSCRIBER).text()).isEqualTo(text);
  }

  @Test
  void readsTheCredentialsOfTheTaggedSection() {
    String text =
        RealOffers.minimal("sendonly")
            + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
            + "a=mid:1\r\na=sendonly\r\na=ice-ufrag:second\r\na=ice-pwd:0123456789012345678901\r\n";
    assertThat(Offer.parse(text, SessionRole.PUBLISHER).remoteIce())
        .isEqualTo(new RemoteIce(RealOffers.UFRAG, RealOffers.PASSWORD));
  }

  @Test
  void readsNoCredentialsOfADataChannelThatWillBeRejected() {
    String text =
        RealOffers.minimal("sendonly").replace("t=0 0\r\n", "t=0 0\r\na=group:BUNDLE data 0\r\n")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + "a=mid:data\r\na=ice-ufrag:other\r\na=ice-pwd:0123456789012345678901\r\n";
    assertThat(Offer.parse(text, SessionRole.PUBLISHER).remoteIce())
        .isEqualTo(new RemoteIce(RealOffers.UFRAG, RealOffers.PASSWORD));
  }

  @ParameterizedTest(name = "W5, P10: a {0} may not offer {1}")
  @CsvSource({
    "PUBLISHER, recvonly",
    "PUBLISHER, inactive",
    "SUBSCRIBER, sendonly",
    "SUBSCRIBER, inactive"
  })
  void refusesOffersThatFlowTheWrongWay(SessionRole role, String direction) {
    assertThatThrownBy(() -> Offer.parse(RealOffers.minimal(direction), role))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("m=audio (line 6) is a=" + direction)
        .extracting(failure -> ((ProblemException) failure).problem().status())
        .isEqualTo(422);
  }

  @ParameterizedTest
  @CsvSource({"PUBLISHER, sendrecv", "SUBSCRIBER, sendrecv"})
  void takesOffersThatFlowBothWays(SessionRole role, String direction) {
    assertThat(Offer.parse(RealOffers.minimal(direction), role)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"a=ice-ufrag, a=ice-ufrag and a=ice-pwd", "a=fingerprint, a=fingerprint"})
  void refusesOffersThatNobodyCouldConnectWith(String missing, String named) {
    String text = RealOffers.minimal("sendonly").replaceAll(missing + ":[^\r]*\r\n", "");
    assertThatThrownBy(() -> Offer.parse(text, SessionRole.PUBLISHER))
        .isInstanceOf(ProblemException.class)
        .hasMessage("the offer has no " + named);
  }

  @Test
  void namesTheLineThatIsNoSdp() {
    String text = RealOffers.minimal("sendonly") + "a=mid:1\r\nnonsense\r\n";
    int line = (int) text.lines().count();
    assertThatThrownBy(() -> Offer.parse(text, SessionRole.PUBLISHER))
        .hasMessageContaining("line " + line);
  }
}
