package io.wishbone.webrtc.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.TransportParts;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferingPeerTest {
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());
  private static final String ANSWER =
      """
      v=0
      o=- 1 1 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=ice-lite
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      c=IN IP4 0.0.0.0
      a=mid:0
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuv
      a=fingerprint:sha-256 %s
      a=setup:passive
      a=rtcp-mux
      a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
      a=candidate:1 1 udp 2130706431 10.0.0.1 9400 typ host
      m=video 9 UDP/TLS/RTP/SAVPF 96
      c=IN IP4 0.0.0.0
      a=mid:1
      a=rtcp-mux
      """
          .formatted(IDENTITY.fingerprint().value());

  private static OfferingPeer publisher(SetupRole setup, List<String> rids) {
    SimNetwork network = new SimNetwork(1);
    return new OfferingPeer(
        Direction.SENDONLY,
        setup,
        List.of(
            new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111)),
            new OfferedMedia(MediaKind.VIDEO, List.of(new OfferedCodec(Codec.VP8, 96)), rids)),
        new TransportParts(
            network.open("10.0.1.1", 50_000),
            network.offload(),
            IDENTITY,
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            new JceCipherProvider(),
            new SecureRandom()),
        network.randomForPeer(),
        new PeerListener() {});
  }

  private static OfferingPeer publisher() {
    return publisher(SetupRole.ACTPASS, List.of());
  }

  @Test
  void offersOneBundleOfOneStream() throws SdpParseException {
    SessionDescription offer = SessionDescription.parse(publisher().offer());

    assertThat(offer.bundle()).isNotNull();
    assertThat(offer.bundle().mids()).containsExactly("0", "1");
    assertThat(offer.media())
        .allSatisfy(section -> {
          assertThat(section.direction()).isEqualTo(Direction.SENDONLY);
          assertThat(section.setup()).isEqualTo(SetupRole.ACTPASS);
          assertThat(section.rtcpMux()).isTrue();
          assertThat(section.fingerprints()).containsExactly(IDENTITY.fingerprint());
          assertThat(section.ssrcs()).hasSize(1);
        });
  }

  @Test
  void offersSimulcastByRid() throws SdpParseException {
    MediaDescription video =
        SessionDescription.parse(publisher(SetupRole.ACTPASS, List.of("h", "l")).offer())
            .media()
            .get(1);

    assertThat(video.rids()).extracting("id").containsExactly("h", "l");
    assertThat(video.simulcast()).isNotNull();
    assertThat(video.ssrcs()).isEmpty();
  }

  @Test
  void agreesOnWhatTheAnswerTook() throws Exception {
    OfferingPeer peer = publisher();

    peer.accept(ANSWER, 1);

    assertThat(peer.tracks()).extracting(NegotiatedTrack::codec).contains(Codec.OPUS, Codec.VP8);
    assertThat(peer.tracks()).extracting(NegotiatedTrack::midExtension).containsExactly(4, 0);
    assertThat(peer.tracks()).allSatisfy(track -> assertThat(track.encodings()).hasSize(1));
  }

  @Test
  void sendsOneEncodingWhereSimulcastIsNotAnswered() throws Exception {
    OfferingPeer peer = publisher(SetupRole.ACTPASS, List.of("h", "m", "l"));

    peer.accept(ANSWER, 1);

    assertThat(peer.tracks().get(1).encodings()).extracting("rid").containsExactly("h");
  }

  @Test
  void leavesOutARejectedSection() throws Exception {
    OfferingPeer peer = publisher();

    peer.accept(ANSWER.replace("m=video 9", "m=video 0"), 1);

    assertThat(peer.tracks()).extracting(NegotiatedTrack::kind).containsExactly(MediaKind.AUDIO);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "m=video 9 UDP/TLS/RTP/SAVPF 96 | m=video 9 UDP/TLS/RTP/SAVPF 97 | no codec of the offer",
        "a=ice-ufrag:abcd               | a=x:abcd                       | no ICE credentials",
        "a=setup:passive                | a=setup:actpass                | does not answer",
        "a=fingerprint:                 | a=x:                           | no fingerprint",
      })
  void refusesWhatIsNoAnswerToItsOffer(String part, String instead, String complaint) {
    assertThatThrownBy(() -> publisher().accept(ANSWER.replace(part, instead), 1))
        .isInstanceOf(AnswerRejectedException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void refusesAnAnswerWithAnotherNumberOfSections() {
    String one = ANSWER.substring(0, ANSWER.indexOf("m=video"));

    assertThatThrownBy(() -> publisher().accept(one, 1))
        .isInstanceOf(AnswerRejectedException.class)
        .hasMessageContaining("1 media sections");
  }

  @Test
  void refusesAPassiveAnswerToAPassiveOffer() {
    assertThatThrownBy(() -> publisher(SetupRole.PASSIVE, List.of()).accept(ANSWER, 1))
        .isInstanceOf(AnswerRejectedException.class);
  }
}
