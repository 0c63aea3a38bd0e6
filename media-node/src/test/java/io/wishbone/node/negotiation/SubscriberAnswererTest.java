package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.Msid;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SsrcAttribute;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SubscriberAnswererTest {

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#viewers")
  void sendsSoundAndPictureOfOneStream(String client) {
    Negotiation negotiation = Offers.view(client, Offers.publish("chromium156-whip-av-sendonly"));
    SessionDescription answer = Offers.parse(negotiation.answer().write());

    List<MediaDescription> media =
        answer.media().stream().filter(m -> m.kind() != MediaKind.APPLICATION).toList();
    assertThat(media)
        .allSatisfy(section -> {
          assertThat(section.port()).isEqualTo(9);
          assertThat(section.direction()).isEqualTo(Direction.SENDONLY);
          assertThat(section.rtcpMuxOnly()).isTrue();
        });
    assertThat(media)
        .extracting(section -> Objects.requireNonNull(section.msid()))
        .extracting(Msid::stream)
        .containsOnly("wishbone");
    assertThat(media).extracting(MediaDescription::msid).doesNotHaveDuplicates();
    assertThat(negotiation.tracks())
        .extracting(NegotiatedTrack::codec)
        .containsExactly(Codec.OPUS, Codec.VP8);
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#viewers")
  void usesThePayloadTypesAndIdsOfTheViewer(String client) {
    SessionDescription offer = Offers.offer(client);
    Negotiation negotiation =
        Offers.view(client, Offers.publish("firefox-esr153-whip-av-sendonly"));

    for (NegotiatedTrack track : negotiation.tracks()) {
      MediaDescription offered = offer.media(Objects.requireNonNull(track.mid()));
      assertThat(offered).isNotNull();
      assertThat(offered.rtpMap(track.format().payloadType())).isEqualTo(track.format().map());
      assertThat(track.midExtensionId()).isPositive();
    }
  }

  @Test
  void numbersThePacketsOfAViewerThatReportsArrivalsAndTakesRetransmissions()
      throws OfferRefusedException {
    NegotiatedTrack picture = pictureFor("a=x-nothing");

    assertThat(picture.feedback())
        .contains(Feedback.TRANSPORT_CC, Feedback.PACKET_LOSS)
        .doesNotContain(Feedback.RECEIVER_ESTIMATE);
    assertThat(picture.extensionId(HeaderExtensionUris.TRANSPORT_WIDE_CC)).isPositive();
  }

  /// A packet that is sent again under its own number must not differ.
  @Test
  void numbersNoPacketsForAViewerThatTakesNoRetransmissions() throws OfferRefusedException {
    NegotiatedTrack picture = pictureFor("a=rtpmap:\\d+ rtx[^\r]*");

    assertThat(picture.feedback())
        .contains(Feedback.PACKET_LOSS, Feedback.RECEIVER_ESTIMATE)
        .doesNotContain(Feedback.TRANSPORT_CC);
    assertThat(picture.extensionId(HeaderExtensionUris.TRANSPORT_WIDE_CC)).isZero();
  }

  @Test
  void listensToTheEstimateOfAViewerThatDoesNotReportArrivals() throws OfferRefusedException {
    NegotiatedTrack picture = pictureFor("a=rtcp-fb:\\d+ transport-cc");

    assertThat(picture.feedback())
        .contains(Feedback.PACKET_LOSS, Feedback.RECEIVER_ESTIMATE)
        .doesNotContain(Feedback.TRANSPORT_CC);
    assertThat(picture.hasRetransmissionStream()).isTrue();
  }

  private static NegotiatedTrack pictureFor(String withoutLines) throws OfferRefusedException {
    String offer = Offers.text("chromium156-whep-recvonly").replaceAll(withoutLines + "\r\n", "");
    return SubscriberAnswerer.answer(
            Offers.parse(offer), Offers.publish("chromium156-whip-vp8-only").tracks(), Offers.LOCAL)
        .tracks()
        .getLast();
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#viewers")
  void promisesRetransmissionsAndSaysUnderWhichSource(String client) {
    Negotiation negotiation = Offers.view(client, Offers.publish("chromium156-whip-av-sendonly"));
    NegotiatedTrack picture = negotiation.tracks().getLast();
    MediaDescription section = negotiation.answer().media().get(1);

    assertThat(Offers.text(client)).contains("rtx/90000");
    assertThat(picture.hasRetransmissionStream()).isTrue();
    assertThat(negotiation.answer().write()).contains("rtx/90000");
    assertThat(section.ssrcAttributes())
        .containsExactly(
            SsrcAttribute.cname(picture.announcedSsrc(), "wishbone-cname"),
            SsrcAttribute.cname(picture.announcedRtxSsrc(), "wishbone-cname"));
    assertThat(negotiation.answer().media().getFirst().ssrcAttributes()).isEmpty();
  }

  @Test
  void sendsThePacketsThemselvesAgainToAViewerWithoutRetransmissions()
      throws OfferRefusedException {
    String withoutRtx =
        Offers.text("chromium156-whep-recvonly").replaceAll("a=rtpmap:\\d+ rtx[^\r]*\r\n", "");
    Negotiation publisher = Offers.publish("chromium156-whip-av-sendonly");
    Negotiation negotiation =
        SubscriberAnswerer.answer(Offers.parse(withoutRtx), publisher.tracks(), Offers.LOCAL);

    NegotiatedTrack picture = negotiation.tracks().getLast();
    assertThat(picture.hasRetransmissionStream()).isFalse();
    assertThat(picture.feedback()).contains(Feedback.PACKET_LOSS);
    assertThat(picture.announcedSsrc()).isZero();
  }

  @Test
  void tellsAViewerWithoutMidWhichSourcesToExpect() throws OfferRefusedException {
    String withoutMid =
        Offers.text("chromium156-whep-recvonly").replaceAll("a=extmap:\\d+ [^\r]*sdes:mid\r\n", "");
    Negotiation publisher = Offers.publish("chromium156-whip-av-sendonly");

    Negotiation negotiation =
        SubscriberAnswerer.answer(Offers.parse(withoutMid), publisher.tracks(), Offers.LOCAL);

    List<MediaDescription> media = Offers.parse(negotiation.answer().write()).media();
    assertThat(media.get(0).ssrcAttributes())
        .containsExactly(SsrcAttribute.cname(4_201, "wishbone-cname"));
    assertThat(media.get(1).ssrcAttributes())
        .contains(SsrcAttribute.cname(4_202, "wishbone-cname"));
    assertThat(negotiation.tracks())
        .extracting(NegotiatedTrack::announcedSsrc)
        .containsExactly(4_201L, 4_202L);
  }

  @Test
  void rejectsTheDataChannel() {
    SessionDescription answer =
        Offers.view(
                "chromium156-whep-recvonly-datachannel",
                Offers.publish("chromium156-whip-av-sendonly"))
            .answer();

    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(9, 9, 0);
    assertThat(Objects.requireNonNull(answer.bundle()).mids()).containsExactly("0", "1");
  }

  @Test
  void rejectsTheSectionThatTheStreamHasNothingFor() {
    Negotiation negotiation =
        Offers.view(
            "chromium156-whep-recvonly",
            Offers.publish("ffmpeg9-openssl-whip-videoonly-dtlsactive"));
    SessionDescription answer = negotiation.answer();

    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0, 9);
    assertThat(answer.media().getLast().candidates()).isNotEmpty();
    assertThat(Objects.requireNonNull(answer.bundle()).mids()).containsExactly("1");
    assertThat(negotiation.tracks()).extracting(NegotiatedTrack::codec).containsExactly(Codec.H264);
  }

  @Test
  void matchesTheProfileOfTheStreamWhereTheViewerHasIt() {
    Negotiation negotiation =
        Offers.view("chromium156-whep-recvonly", Offers.publish("chromium156-whip-h264-only"));

    assertThat(negotiation.tracks().getLast().parameters().text())
        .contains("packetization-mode=1", "profile-level-id=42001f");
  }

  @Test
  void doesNotInsistOnTheAnnouncedProfile() {
    String high =
        Offers.text("libdatachannel-node-datachannel0.33-whip")
            .replace("profile-level-id=42e01f", "profile-level-id=640032");

    assertThat(viewOf(high).format().map().encodingName()).isEqualTo("H264");
    assertThat(viewOf(high).parameters().number("packetization-mode", 0)).isEqualTo(1);
  }

  private static NegotiatedTrack viewOf(String publisherOffer) {
    try {
      Negotiation publisher = Offers.PUBLISHERS.answer(Offers.parse(publisherOffer), Offers.LOCAL);
      return Offers.view("chromium156-whep-recvonly", publisher).tracks().getLast();
    } catch (OfferRefusedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void repeatsWhatThePublisherSaysOfItsSound() {
    Negotiation negotiation =
        Offers.view(
            "chromium156-whep-recvonly",
            Offers.publish("libdatachannel-node-datachannel0.33-whip"));

    assertThat(negotiation.answer().media().getFirst().fmtp(111).text()).contains("sprop-stereo=1");
  }

  @Test
  void refusesAViewerWithoutTheCodecAndNamesBothSides() {
    Negotiation publisher = Offers.publish("ffmpeg9-openssl-whip-videoonly-dtlsactive");
    SessionDescription firefox = Offers.offer("firefox-esr153-whep-recvonly");

    assertThatThrownBy(() -> SubscriberAnswerer.answer(firefox, publisher.tracks(), Offers.LOCAL))
        .isInstanceOfSatisfying(
            OfferRefusedException.class,
            e -> assertThat(e.fault()).isEqualTo(OfferFault.CODEC_MISMATCH))
        .hasMessageContaining("H264")
        .hasMessageContaining("VP8");
  }

  @Test
  void refusesAViewerThatSends() {
    Negotiation publisher = Offers.publish("chromium156-whip-vp8-only");
    SessionDescription sender = Offers.offer("chromium156-whip-vp8-only");

    assertThatThrownBy(() -> SubscriberAnswerer.answer(sender, publisher.tracks(), Offers.LOCAL))
        .isInstanceOf(OfferRefusedException.class)
        .hasMessageContaining("does not receive");
  }
}
