package io.wishbone.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RealDescriptionsTest {

  static List<String> descriptions() {
    return RealClients.DESCRIPTIONS;
  }

  static List<String> fragments() {
    return RealClients.fragments();
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void keepsEveryLineAndItsOrder(String name) throws SdpParseException {
    assertThat(RealClients.offer(name).write()).isEqualTo(RealClients.text(name));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void readsTheSameFromWhatItWrote(String name) throws SdpParseException {
    SessionDescription offer = RealClients.offer(name);

    assertThat(SessionDescription.parse(offer.write())).isEqualTo(offer);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void readsBareLineFeedsAsWell(String name) throws SdpParseException {
    String text = RealClients.text(name);

    assertThat(SessionDescription.parse(text.replace("\r\n", "\n")).write()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void findsInEverySectionWhatAnAnswererNeeds(String name) throws SdpParseException {
    SessionDescription offer = RealClients.offer(name);

    assertThat(offer.bundle()).isNotNull();
    for (MediaDescription section : offer.media()) {
      assertThat(offer.bundle().mids()).contains(section.mid());
      assertThat(section.iceCredentials()).isNotNull();
      assertThat(section.fingerprints()).hasSize(1);
      assertThat(section.fingerprints().getFirst().hash()).hasSize(32);
      assertThat(section.setup()).isNotNull();
      assertThat(section.isRejected()).isFalse();
      if (section.isRtp()) {
        assertThat(section.rtcpMux()).isTrue();
        assertThat(section.rtpMaps())
            .extracting(RtpMap::payloadType)
            .containsExactlyElementsOf(section.payloadTypes());
        assertThat(section.direction()).isIn(Direction.SENDONLY, Direction.RECVONLY);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void writesEveryTypedAttributeAsTheClientDid(String name) throws SdpParseException {
    for (MediaDescription section : RealClients.offer(name).media()) {
      assertThat(section.attributes())
          .containsAll(section.extensionMaps().stream().map(ExtensionMap::attribute).toList())
          .containsAll(section.candidates().stream().map(IceCandidate::attribute).toList())
          .containsAll(section.ssrcAttributes().stream().map(SsrcAttribute::attribute).toList())
          .containsAll(section.ssrcGroups().stream().map(SsrcGroup::attribute).toList())
          .containsAll(section.rids().stream().map(RidDescription::attribute).toList());
      for (int payloadType : section.payloadTypes()) {
        assertThat(section.attributes())
            .containsAll(
                section.rtcpFeedback(payloadType).stream().map(RtcpFeedback::attribute).toList());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void readsTheTrickleBodiesOfBrowsersAndSimpleWhipClient(String body) throws SdpParseException {
    SdpFragment fragment = SdpFragment.parse(body);

    assertThat(fragment.credentials()).isNotNull();
    assertThat(fragment.tag()).isNotNull();
    assertThat(fragment.tag().mid()).isIn("0", "video0");
    assertThat(fragment.endOfCandidates()).isEqualTo(body.contains("a=end-of-candidates"));
    assertThat(fragment.candidates())
        .extracting(IceCandidate::attribute)
        .extracting(Attribute::toString)
        .containsExactlyElementsOf(
            body.lines().filter(line -> line.startsWith("a=candidate")).toList());
    assertThat(SdpFragment.parse(fragment.write())).isEqualTo(fragment);
  }

  @Test
  void countsTheTrickleBodies() {
    assertThat(fragments()).hasSize(15);
  }
}
