package io.wishbone.node.negotiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.ExtensionMap;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublisherAnswererTest {

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void answersWithTheSameSectionsInTheSameOrder(String client) {
    SessionDescription offer = Offers.offer(client);

    SessionDescription answer = Offers.publish(client).answer();

    assertThat(answer.media())
        .extracting(MediaDescription::kindText, MediaDescription::mid, MediaDescription::protocol)
        .containsExactlyElementsOf(
            offer.media().stream().map(m -> tuple(m.kindText(), m.mid(), m.protocol())).toList());
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void writesAnAnswerThatSimpleClientsUnderstand(String client) {
    String text = Offers.publish(client).answer().write();
    SessionDescription answer = Offers.parse(text);

    assertThat(text).startsWith("v=0\r\n").hasSizeLessThan(8192);
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(answer.iceLite()).isTrue();
    assertThat(text).contains("a=ice-options:trickle ice2\r\n");
    assertThat(answer.bundle()).isNotNull();
    assertThat(answer.media())
        .allSatisfy(section -> {
          assertThat(section.port()).isEqualTo(9);
          assertThat(section.direction()).isEqualTo(Direction.RECVONLY);
          assertThat(section.rtcpMux()).isTrue();
          assertThat(section.rtcpMuxOnly()).isTrue();
          assertThat(section.bundleOnly()).isFalse();
          assertThat(section.value("ice-ufrag")).isEqualTo("nodeufra");
          assertThat(section.value("ice-pwd")).isEqualTo("nodepasswordnodepassword");
          assertThat(section.value("fingerprint")).startsWith("sha-256 AB:");
          assertThat(section.has("setup")).isTrue();
        });
    assertThat(answer.media().getFirst().candidates().getFirst().address()).isEqualTo("192.0.2.7");
    assertThat(answer.media().getFirst().endOfCandidates()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void takesOneCodecASectionWithItsRetransmissionsAndCopiesOnly(String client) {
    SessionDescription offer = Offers.offer(client);
    Negotiation negotiation = Offers.publish(client);

    for (int i = 0; i < offer.media().size(); i++) {
      MediaDescription offered = offer.media().get(i);
      MediaDescription answered = negotiation.answer().media().get(i);
      OfferedFormat format = negotiation.tracks().get(i).format();
      assertThat(offered.payloadTypes()).containsAll(answered.payloadTypes());
      assertThat(answered.payloadTypes().getFirst()).isEqualTo(format.payloadType());
      assertThat(answered.payloadTypes())
          .hasSize(1 + (format.rtx() == null ? 0 : 1) + (format.red() == null ? 0 : 1));
      assertThat(answered.fmtp(format.payloadType())).isEqualTo(offered.fmtp(format.payloadType()));
    }
  }

  /// FFmpeg and Firefox say so in one section only.
  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void sendsRtcpOfReducedSizeToWhoReadsIt(String client) {
    boolean reads = Offers.offer(client).write().contains("a=rtcp-rsize");

    assertThat(Offers.publish(client).peer().reducedSizeRtcp()).isEqualTo(reads);
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.node.negotiation.Offers#publishers")
  void answersNoExtensionThatWasNotOffered(String client) {
    SessionDescription offer = Offers.offer(client);
    SessionDescription answer = Offers.publish(client).answer();

    for (int i = 0; i < offer.media().size(); i++) {
      var offered =
          offer.media().get(i).extensionMaps().stream().map(e -> e.id() + e.uri()).toList();
      assertThat(answer.media().get(i).extensionMaps())
          .extracting(e -> e.id() + e.uri())
          .isSubsetOf(offered);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chromium156-whip-av-sendonly, SERVER, PASSIVE",
    "ffmpeg9-openssl-whip-videoonly-dtlsactive, SERVER, PASSIVE",
    "ffmpeg9-openssl-whip-h264-opus, CLIENT, ACTIVE",
    "libdatachannel-node-datachannel0.33-whip, SERVER, PASSIVE"
  })
  void choosesTheDtlsRoleThatTheOfferLeavesOpen(String client, DtlsRole role, SetupRole setup) {
    Negotiation negotiation = Offers.publish(client);

    assertThat(negotiation.peer().dtlsRole()).isEqualTo(role);
    assertThat(negotiation.answer().media())
        .allSatisfy(section -> assertThat(section.setup()).isEqualTo(setup));
  }

  @ParameterizedTest
  @CsvSource({
    "chromium156-whip-av-sendonly, OPUS, 111, VP8, 96",
    "chromium156-whip-h264-only, OPUS, 111, H264, 102",
    "chromium156-whip-av1-only, OPUS, 111, AV1, 45",
    "firefox-esr153-whip-av-sendonly, OPUS, 109, VP8, 120",
    "ffmpeg9-openssl-whip-h264-opus, OPUS, 111, H264, 106",
    "libdatachannel-node-datachannel0.33-whip, OPUS, 111, H264, 96"
  })
  void takesTheCodecsThatThePublisherPrefers(
      String client, Codec audio, int audioType, Codec video, int videoType) {
    List<NegotiatedTrack> tracks = Offers.publish(client).tracks();

    assertThat(tracks).extracting(NegotiatedTrack::codec).containsExactly(audio, video);
    assertThat(tracks)
        .extracting(track -> track.format().payloadType())
        .containsExactly(audioType, videoType);
  }

  @Test
  void takesTheCodecThatTheNodePrefers() throws Exception {
    var answerer =
        new PublisherAnswerer(
            new CodecPreferences(List.of(Codec.PCMA)),
            new CodecPreferences(List.of(Codec.H265, Codec.H264)));

    var tracks =
        answerer.answer(Offers.offer("chromium156-whip-av-sendonly"), Offers.LOCAL).tracks();

    assertThat(tracks).extracting(NegotiatedTrack::codec).containsExactly(Codec.PCMA, Codec.H264);
    assertThat(tracks.get(1).parameters().number("packetization-mode", 0)).isEqualTo(1);
  }

  @Test
  void prefersH264ThatMayBeFragmented() throws Exception {
    String offer =
        Offers.text("libdatachannel-node-datachannel0.33-whip")
            .replace("UDP/TLS/RTP/SAVPF 96\r\n", "UDP/TLS/RTP/SAVPF 97 96\r\n")
            .replace("a=rtpmap:96", "a=rtpmap:97 H264/90000\r\na=rtpmap:96");

    var tracks = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL).tracks();

    assertThat(tracks.get(1).format().payloadType()).isEqualTo(96);
  }

  @Test
  void answersFeedbackThatIsSpokenHereOnly() {
    MediaDescription video = Offers.publish("chromium156-whip-vp8-only").answer().media().getLast();

    assertThat(video.rtcpFeedback(video.payloadTypes().getFirst()))
        .extracting(feedback -> feedback.type() + " " + feedback.parameter())
        .containsExactly("nack null", "nack pli", "ccm fir", "transport-cc null");
  }

  @Test
  void reportsArrivalsOnlyWhenPacketsAreNumbered() {
    Negotiation gstreamer = Offers.publish("simplewhipclient-gst128-trickle-vp8");

    assertThat(gstreamer.tracks())
        .allSatisfy(track -> assertThat(track.feedback()).doesNotContain(Feedback.TRANSPORT_CC));
    assertThat(gstreamer.answer().write()).doesNotContain("transport-cc");
  }

  @Test
  void leavesOutAnExtensionThatFlowsTheOtherWay() {
    MediaDescription video =
        Offers.publish("firefox-esr153-whip-av-sendonly").answer().media().getLast();

    assertThat(video.extensionMaps())
        .extracting(ExtensionMap::uri)
        .contains(HeaderExtensionUris.MID, HeaderExtensionUris.TRANSPORT_WIDE_CC)
        .doesNotContain(HeaderExtensionUris.PLAYOUT_DELAY);
  }

  @Test
  void usesEachExtensionIdOnce() throws Exception {
    String offer =
        Offers.text("chromium156-whip-av-sendonly").replaceAll("a=extmap:\\d+ ", "a=extmap:1 ");

    SessionDescription answer =
        Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL).answer();

    assertThat(answer.media())
        .allSatisfy(section -> assertThat(section.extensionMaps()).hasSize(1));
  }

  @Test
  void takesTheTransportOfTheTaggedSection() throws Exception {
    String offer =
        Offers.text("chromium156-whip-vp8-only")
            .replace("BUNDLE 0 1", "BUNDLE 1 0")
            .replaceFirst("a=ice-ufrag:.*", "a=ice-ufrag:notMe");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.peer().iceCredentials().usernameFragment()).isNotEqualTo("notMe");
    assertThat(Objects.requireNonNull(negotiation.answer().bundle()).mids())
        .containsExactly("1", "0");
    assertThat(negotiation.answer().media())
        .allSatisfy(section -> assertThat(section.candidates()).hasSize(2));
  }

  @Test
  void answersNoGroupThatWasNotOffered() throws Exception {
    String offer =
        Offers.text("chromium156-whip-audio-only").replaceAll("a=group:BUNDLE[^\r\n]*\r?\n", "");

    Negotiation negotiation = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL);

    assertThat(negotiation.answer().write()).doesNotContain("a=group");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile-level-id=42e0;packetization-mode=1    | packetization-mode=1",
        "profile-level-id=42e01g                       | ''",
        "packetization-mode=x;profile-level-id=42e01f  | profile-level-id=42e01f",
        "packetization-mode=0;profile-level-id=42E01F  |"
            + " packetization-mode=0;profile-level-id=42E01F"
      })
  void repeatsNoH264ParameterThatMakesNoSense(String offered, String answered) throws Exception {
    String offer =
        Offers.text("libdatachannel-node-datachannel0.33-whip")
            .replaceAll("a=fmtp:96 [^\r\n]*", "a=fmtp:96 " + offered);

    var tracks = Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL).tracks();

    assertThat(tracks.get(1).parameters().text()).isEqualTo(answered);
  }

  @Test
  void answersADataChannelWithPortZero() throws Exception {
    String offer =
        Offers.text("chromium156-whip-audio-only").replace("BUNDLE 0", "BUNDLE 0 9")
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
            + "c=IN IP4 0.0.0.0\r\na=mid:9\r\n";

    SessionDescription answer =
        Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL).answer();

    assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(9, 0);
    assertThat(answer.bundle()).isNotNull();
    assertThat(answer.bundle().mids()).containsExactly("0");
  }

  @Test
  void answersAnOfferWithoutDirectionAsReceiver() throws Exception {
    String offer = Offers.text("ffmpeg9-openssl-whip-h264-opus").replace("a=sendonly\r\n", "");

    SessionDescription answer =
        Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL).answer();

    assertThat(answer.media())
        .allSatisfy(section -> assertThat(section.direction()).isEqualTo(Direction.RECVONLY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=sendonly    | a=recvonly  | UNSUPPORTED    | m=audio (line 8) does not send",
        "a=sendonly    | a=inactive  | UNSUPPORTED    | m=audio (line 8) does not send",
        "a=rtcp-mux    | a=x-nothing | UNSUPPORTED    | m=audio (line 8) has no a=rtcp-mux",
        "BUNDLE 0 1    | BUNDLE 0    | UNSUPPORTED    | m=video (line 21) is not in the BUNDLE",
        "H264/90000    | THEORA/90000| CODEC_MISMATCH | m=video (line 21) offers no codec",
        "a=ice-ufrag:  | a=x-ufrag:  | MALFORMED      | no a=ice-ufrag",
        "a=fingerprint | a=x-print   | MALFORMED      | no a=fingerprint",
        "setup:passive | setup:holdconn | UNSUPPORTED | holdconn",
        "m=video       | m=audio     | UNSUPPORTED    | m=audio (line 21) is the second",
        "m=video       | m=text      | UNSUPPORTED    | m=text (line 21) is neither",
        "t=0 0 | 't=0 0\na=ice-lite' | UNSUPPORTED    | a=ice-lite",
        "UDP/TLS/RTP/SAVPF | TCP/TLS/RTP/SAVPF | UNSUPPORTED | is not RTP over DTLS",
        "UDP/TLS/RTP/SAVPF | X/SAVPF  | UNSUPPORTED   | is not RTP over DTLS",
        "UDP/TLS/RTP/SAVPF | RTP/AVPF | UNSUPPORTED   | m=audio (line 8) is not RTP over DTLS"
      })
  void refusesTheWholeOfferAndNamesTheSection(
      String part, String replacement, OfferFault fault, String message) {
    String offer = Offers.text("ffmpeg9-openssl-whip-h264-opus").replace(part, replacement);

    assertThatThrownBy(() -> Offers.PUBLISHERS.answer(Offers.parse(offer), Offers.LOCAL))
        .isInstanceOfSatisfying(
            OfferRefusedException.class, e -> assertThat(e.fault()).isEqualTo(fault))
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnOfferWithoutMedia() {
    var offer = Offers.parse("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");

    assertThatThrownBy(() -> Offers.PUBLISHERS.answer(offer, Offers.LOCAL))
        .isInstanceOf(OfferRefusedException.class)
        .hasMessageContaining("no audio and no video");
  }
}
