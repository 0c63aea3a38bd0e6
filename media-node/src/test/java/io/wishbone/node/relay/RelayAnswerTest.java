package io.wishbone.node.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.LocalSources;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.OfferedFormat;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.FormatParameters;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.transport.DtlsRole;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RelayAnswerTest {
  private static final IceCredentials CREDENTIALS =
      new IceCredentials("abcd", "0123456789012345678901234");
  private static final IceCandidate CANDIDATE =
      new IceCandidate("1", 1, "udp", 2130706431L, "192.0.2.1", 9400, "host");
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());

  private static final RelayedTrack SOUND =
      new RelayedTrack(
          new NegotiatedTrack(
              null,
              new OfferedFormat(
                  Codec.OPUS,
                  new RtpMap(111, "opus", 48_000, 2),
                  new FormatParameters("minptime=10;useinbandfec=1"),
                  null),
              Set.of(Feedback.PACKET_LOSS, Feedback.PICTURE_LOSS, Feedback.FULL_INTRA_REQUEST),
              Map.of(HeaderExtensionUris.AUDIO_LEVEL, 1),
              List.of()),
          List.of(new RelayedEncoding(0xFFFF_FFFFL, null, 70_000)));

  private static final RelayedTrack PICTURE =
      new RelayedTrack(
          new NegotiatedTrack(
              "v1",
              new OfferedFormat(
                  Codec.H264,
                  new RtpMap(102, "H264", 90_000, 1),
                  new FormatParameters("packetization-mode=1;profile-level-id=42e01f"),
                  new RtpMap(103, "rtx", 90_000, 1)),
              Set.of(Feedback.PACKET_LOSS, Feedback.PICTURE_LOSS, Feedback.FULL_INTRA_REQUEST),
              Map.of(HeaderExtensionUris.MID, 4, HeaderExtensionUris.RID, 10),
              List.of("h", "l")),
          List.of(new RelayedEncoding(1, "l", 3), new RelayedEncoding(2, "h", (1L << 48) - 1)));

  private static LocalTransport local(boolean lite) {
    return new LocalTransport(
        7,
        CREDENTIALS,
        IDENTITY.fingerprint(),
        lite,
        List.of(CANDIDATE),
        new LocalSources(1, "name"));
  }

  private static String write(RelayedTrack... tracks) {
    return RelayAnswer.write(
        new RelayDescription(List.of("origin", "node-2"), List.of(tracks)), local(true));
  }

  @Test
  void saysEverythingThatTheEdgesTracksNeed() throws RelayRejectedException {
    RelayAnswer answer = RelayAnswer.read(write(SOUND, PICTURE));

    assertThat(answer.description())
        .isEqualTo(new RelayDescription(List.of("origin", "node-2"), List.of(SOUND, PICTURE)));
    assertThat(answer.candidates()).containsExactly(CANDIDATE);
    assertThat(answer.peer().iceCredentials()).isEqualTo(CREDENTIALS);
    assertThat(answer.peer().fingerprints()).containsExactly(IDENTITY.fingerprint());
    assertThat(answer.peer().dtlsRole()).isEqualTo(DtlsRole.CLIENT);
  }

  @Test
  void mayHaveOneTrackOnly() throws RelayRejectedException {
    assertThat(RelayAnswer.read(write(PICTURE)).description().tracks()).containsExactly(PICTURE);
    assertThat(RelayAnswer.read(write(SOUND)).description().tracks()).containsExactly(SOUND);
  }

  @Test
  void answersTheOfferOfAnEdge() throws Exception {
    SessionDescription offer = SessionDescription.parse(RelayOffer.write(local(false)));

    assertThat(RelayOffer.read(offer).dtlsRole()).isEqualTo(DtlsRole.SERVER);
    assertThat(RelayOffer.read(offer).iceCredentials()).isEqualTo(CREDENTIALS);
    SessionDescription answer = SessionDescription.parse(write(PICTURE));
    assertThat(answer.media()).hasSameSizeAs(offer.media());
    assertThatThrownBy(() -> RelayOffer.read(answer)).isInstanceOf(RelayRejectedException.class);
  }

  @Test
  void isRejectedWhenItMakesNoSense() {
    String answer = write(SOUND, PICTURE);
    for (String broken :
        List.of(
            "",
            "v=0",
            answer.replace("a=x-wishbone-path:origin node-2\r\n", ""),
            answer.replace("x-wishbone-index:70000", "x-wishbone-index:-1"),
            answer.replace("x-wishbone-index:70000", "x-wishbone-index:281474976710656"),
            answer.replace("a=setup:passive", "a=setup:active"),
            answer.replace("a=sendonly", "a=recvonly"),
            answer.replace("opus/48000", "mp3/48000"),
            answer.replaceAll("a=fingerprint:[^\r]*\r\n", ""),
            answer.replaceAll("a=ice-pwd:[^\r]*\r\n", ""))) {
      assertThatThrownBy(() -> RelayAnswer.read(broken))
          .as(broken)
          .isInstanceOf(RelayRejectedException.class);
    }
  }

  /// Whatever another node says, it is read or rejected.
  @Test
  void neverFailsOtherwise() {
    String answer = write(SOUND, PICTURE);
    var random = new SplittableRandom(42);
    int rejected = 0;
    for (int i = 0; i < 20_000; i++) {
      var bent = new StringBuilder(answer);
      for (int change = random.nextInt(1, 6); change > 0; change--) {
        int at = random.nextInt(bent.length());
        switch (random.nextInt(4)) {
          case 0 -> bent.deleteCharAt(at);
          case 1 -> bent.setCharAt(at, (char) random.nextInt(1, 256));
          case 2 -> bent.insert(at, answer, 0, random.nextInt(40));
          default -> {
            int end = Math.min(bent.length(), at + random.nextInt(200));
            bent.delete(at, end).append(' ');
          }
        }
      }
      try {
        RelayAnswer.read(bent.toString());
      } catch (RelayRejectedException expected) {
        rejected++;
      }
    }
    assertThat(rejected).isBetween(5_000, 20_000);
  }
}
