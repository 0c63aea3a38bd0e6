package io.wishbone.webrtc.sdp;

import static io.wishbone.webrtc.sdp.RealClients.offer;
import static io.wishbone.webrtc.sdp.RealClients.section;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RealClientsTest {

  @Nested
  class Chromium {
    private static final String SIMULCAST = "chromium156-whip-simulcast-3rid.offer.sdp";

    @Test
    void offersThreeEncodingsByRid() throws SdpParseException {
      MediaDescription video = section(SIMULCAST, "1");

      assertThat(video.rids())
          .containsExactly(
              new RidDescription("h", RidDirection.SEND),
              new RidDescription("m", RidDirection.SEND),
              new RidDescription("l", RidDirection.SEND));
      assertThat(video.simulcast())
          .isEqualTo(
              new SimulcastDescription(
                  List.of(
                      SimulcastStream.of("h"), SimulcastStream.of("m"), SimulcastStream.of("l")),
                  List.of()));
      assertThat(video.ssrcs()).isEmpty();
    }

    @Test
    void numbersItsHeaderExtensions() throws SdpParseException {
      assertThat(section(SIMULCAST, "1").extensionMaps())
          .hasSize(13)
          .contains(
              new ExtensionMap(4, "urn:ietf:params:rtp-hdrext:sdes:mid"),
              new ExtensionMap(10, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
              new ExtensionMap(11, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"));
    }

    @Test
    void prefersVp8AndRepairsEachCodec() throws SdpParseException {
      MediaDescription video = section("chromium156-whip-av-sendonly.offer.sdp", "1");

      assertThat(video.kind()).isEqualTo(MediaKind.VIDEO);
      assertThat(video.rtpMaps())
          .startsWith(new RtpMap(96, "VP8", 90000, 1), new RtpMap(97, "rtx", 90000, 1));
      assertThat(video.fmtp(97).number("apt", -1)).isEqualTo(96);
      assertThat(video.fmtp(102).value("profile-level-id")).isEqualTo("42001f");
      assertThat(video.fmtp(102).number("packetization-mode", 0)).isEqualTo(1);
      assertThat(video.fmtp(96)).isEqualTo(FormatParameters.NONE);
      assertThat(video.rtcpFeedback(96))
          .containsExactly(
              new RtcpFeedback(96, "goog-remb", null),
              new RtcpFeedback(96, "transport-cc", null),
              new RtcpFeedback(96, "ccm", "fir"),
              new RtcpFeedback(96, "nack", null),
              new RtcpFeedback(96, "nack", "pli"));
      assertThat(video.rtcpFeedback(97)).isEmpty();
    }

    @Test
    void joinsASourceAndItsRetransmissions() throws SdpParseException {
      MediaDescription video = section("chromium156-whip-vp8-only.offer.sdp", "1");

      assertThat(video.ssrcGroups())
          .containsExactly(new SsrcGroup("FID", List.of(3555765237L, 2324673560L)));
      assertThat(video.ssrcs()).containsExactly(3555765237L, 2324673560L);
      assertThat(video.msid())
          .isEqualTo(
              new Msid(
                  "550ec9f9-f39e-49b3-adcd-850d0179abca", "e4ca469f-0bd0-4513-a786-6057e0218463"));
    }

    @Test
    void offersOpusInStereoAndRedundancyForIt() throws SdpParseException {
      MediaDescription audio = section("chromium156-whip-audio-only.offer.sdp", "0");

      assertThat(audio.rtpMap(111)).isEqualTo(new RtpMap(111, "opus", 48000, 2));
      assertThat(audio.rtpMap(12)).isNull();
      assertThat(audio.fmtp(111).value("useinbandfec")).isEqualTo("1");
      assertThat(audio.fmtp(63).text()).isEqualTo("111/111");
      assertThat(audio.fmtp(63).keys()).isEmpty();
    }

    @Test
    void hidesItsAddressBehindAName() throws SdpParseException {
      MediaDescription audio = section("chromium156-whep-recvonly-mdns.offer.sdp", "0");

      IceCandidate candidate = audio.candidates().getFirst();
      assertThat(candidate.address()).endsWith(".local");
      assertThat(candidate.isUdp()).isTrue();
      assertThat(candidate.socketAddress()).isNull();
    }

    @Test
    void offersADataChannel() throws SdpParseException {
      SessionDescription offer = offer("chromium156-whep-recvonly-datachannel.offer.sdp");
      MediaDescription data = offer.media().get(2);

      assertThat(data.kind()).isEqualTo(MediaKind.APPLICATION);
      assertThat(data.isRtp()).isFalse();
      assertThat(data.formats()).containsExactly("webrtc-datachannel");
      assertThat(data.payloadTypes()).isEmpty();
      assertThat(data.rejection().toString())
          .isEqualTo(
              "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=mid:2\r\n");
    }

    @Test
    void allowsMixedExtensionsForTheWholeSession() throws SdpParseException {
      assertThat(offer("chromium156-whip-vp8-only.offer.sdp").media())
          .allMatch(MediaDescription::extmapAllowMixed);
    }
  }

  @Nested
  class Firefox {
    private static final String PUBLISHER = "firefox-esr153-whip-av-sendonly.offer.sdp";

    @Test
    void givesItsFingerprintAndOptionsForTheWholeSession() throws SdpParseException {
      for (MediaDescription section : offer(PUBLISHER).media()) {
        assertThat(section.has("fingerprint")).isFalse();
        assertThat(section.fingerprints())
            .extracting(Fingerprint::algorithm)
            .containsExactly("sha-256");
        assertThat(section.iceOptions()).containsExactly("trickle");
      }
    }

    @Test
    void overrulesTheDirectionOfTheSession() throws SdpParseException {
      assertThat(offer(PUBLISHER).media())
          .extracting(MediaDescription::direction)
          .containsOnly(Direction.SENDONLY);
    }

    @Test
    void bundlesVideoWithoutAPortOfItsOwn() throws SdpParseException {
      MediaDescription video = section(PUBLISHER, "1");

      assertThat(video.port()).isZero();
      assertThat(video.bundleOnly()).isTrue();
      assertThat(video.isRejected()).isFalse();
    }

    @Test
    void gathersForTwoComponentsAndTcp() throws SdpParseException {
      MediaDescription audio = section(PUBLISHER, "0");

      assertThat(audio.candidates()).hasSize(4);
      assertThat(audio.candidates()).extracting(IceCandidate::component).contains(1, 2);
      assertThat(audio.candidates().get(1).isUdp()).isFalse();
      assertThat(audio.candidates().get(1).extension("tcptype")).isEqualTo("active");
      assertThat(audio.endOfCandidates()).isTrue();
    }

    @Test
    void limitsAnExtensionToOneDirection() throws SdpParseException {
      assertThat(section(PUBLISHER, "0").extensionMaps())
          .contains(
              new ExtensionMap(
                  2, Direction.RECVONLY, "urn:ietf:params:rtp-hdrext:csrc-audio-level"));
    }

    @Test
    void writesOneChannelOut() throws SdpParseException {
      assertThat(section(PUBLISHER, "0").rtpMap(9)).isEqualTo(new RtpMap(9, "G722", 8000, 1));
    }
  }

  @Nested
  class Ffmpeg {
    @Test
    void wantsToBeTheDtlsServer() throws SdpParseException {
      assertThat(offer("ffmpeg9-openssl-whip-h264-opus.offer.sdp").media())
          .extracting(MediaDescription::setup)
          .containsOnly(SetupRole.PASSIVE);
    }

    @Test
    void canBeToldToBeTheDtlsClient() throws SdpParseException {
      SessionDescription offer = offer("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp");

      assertThat(offer.media()).extracting(MediaDescription::setup).containsOnly(SetupRole.ACTIVE);
      assertThat(offer.bundle()).isEqualTo(MediaGroup.bundle(List.of("1")));
    }

    @Test
    void offersNoCandidatesAndNoExtensions() throws SdpParseException {
      for (MediaDescription section : offer("ffmpeg9-openssl-whip-h264-opus.offer.sdp").media()) {
        assertThat(section.candidates()).isEmpty();
        assertThat(section.extensionMaps()).isEmpty();
        assertThat(section.msid()).isEqualTo(new Msid("FFmpeg", section.kindText()));
      }
    }

    /// FFmpeg 8.0 writes this group whatever it sends.
    @Test
    void bundlesASectionThatIsNotThere() throws SdpParseException {
      SessionDescription offer =
          SessionDescription.parse(
              RealClients.text("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp")
                  .replace("BUNDLE 1", "BUNDLE 0 1"));

      assertThat(offer.groups()).isEmpty();
      assertThat(offer.bundle()).isNull();
      assertThat(offer.media()).hasSize(1);
    }
  }

  @Nested
  class Libdatachannel {
    private static final String OFFER = "libdatachannel-node-datachannel0.33-whip.offer.sdp";

    @Test
    void putsACommaBetweenOptions() throws SdpParseException {
      assertThat(section(OFFER, "1").iceOptions()).containsExactly("ice2", "trickle");
    }

    @Test
    void groupsForLipSynchronizationToo() throws SdpParseException {
      SessionDescription offer = offer(OFFER);

      assertThat(offer.groups()).extracting(MediaGroup::semantics).containsExactly("BUNDLE", "LS");
      assertThat(offer.bundle()).isEqualTo(MediaGroup.bundle(List.of("0", "1")));
    }

    @Test
    void sharesOnePortBetweenSections() throws SdpParseException {
      assertThat(offer(OFFER).media()).extracting(MediaDescription::port).containsOnly(42517);
    }

    /// As the versions in OBS before 31 wrote it.
    @Test
    void mayGiveEverythingForTheWholeSession() throws SdpParseException {
      String lines = "a=setup:actpass\r\na=ice-ufrag:Rr/V\r\na=ice-pwd:417qfbMYGUeEMjb9lLBtuU\r\n";
      String older =
          RealClients.text(OFFER)
              .replace(lines, "")
              .replace("a=ice-options", lines + "a=ice-options");
      SessionDescription offer = SessionDescription.parse(older);

      assertThat(offer.write()).isEqualTo(older);
      for (MediaDescription section : offer.media()) {
        assertThat(section.has("setup")).isFalse();
        assertThat(section.setup()).isEqualTo(SetupRole.ACTPASS);
        assertThat(section.iceCredentials())
            .isEqualTo(new IceCredentials("Rr/V", "417qfbMYGUeEMjb9lLBtuU"));
        assertThat(section.fingerprints()).hasSize(1);
      }
    }
  }

  @Nested
  class SimpleWhipClient {
    private static final String OFFER = "simplewhipclient-gst128-trickle-vp8.offer.sdp";

    @Test
    void namesItsSectionsAndPutsVideoFirst() throws SdpParseException {
      assertThat(offer(OFFER).bundle()).isEqualTo(MediaGroup.bundle(List.of("video0", "audio1")));
    }

    @Test
    void writesOpusInCapitals() throws SdpParseException {
      RtpMap map = section(OFFER, "audio1").rtpMaps().getFirst();

      assertThat(map).isEqualTo(new RtpMap(100, "OPUS", 48000, 2));
      assertThat(map.isEncoding("opus")).isTrue();
    }

    @Test
    void saysItsMsidOfTheSsrcOnly() throws SdpParseException {
      MediaDescription video = section(OFFER, "video0");

      assertThat(video.has("msid")).isFalse();
      assertThat(video.msid())
          .isEqualTo(new Msid("user933697433@host-bddb1c25", "webrtctransceiver0"));
      assertThat(video.ssrcs()).containsExactly(2L);
    }

    @Test
    void multiplexesRtcpOnly() throws SdpParseException {
      assertThat(offer(OFFER).media())
          .allMatch(MediaDescription::rtcpMuxOnly)
          .allMatch(MediaDescription::rtcpReducedSize);
    }
  }
}
