package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients written after the older drafts: what they do, and what they get.
class SeedIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();
  @RegisterExtension static final SharedServer guarded = SharedServer.guarded();

  private final Http http = server.http();
  private final Http door = guarded.http();

  @Test
  void s1_theEntityTagStaysFromTrickleToTrickle() {
    Session session = http.publish(Sdp.PUBLISHER);

    for (int i = 0; i < 3; i++) {
      assertThat(session.trickle(Sdp.CANDIDATE).assertNothing(204).has("ETag")).isFalse();
    }
    session.trickle("a=end-of-candidates").assertNothing(204);
  }

  @Test
  void s2_trickleIsNeverAnsweredByCandidates() {
    assertThat(http.publish(Sdp.PUBLISHER).trickle(Sdp.CANDIDATE).body()).isEmpty();
  }

  @Test
  void s3_fragmentsNeedNoSection() {
    Session session = http.publish(Sdp.PUBLISHER);
    String credentials =
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n"
            .formatted(Sdp.value(Sdp.PUBLISHER, "ice-ufrag"), Sdp.value(Sdp.PUBLISHER, "ice-pwd"));

    session.patch(session.tag(), credentials + Sdp.CANDIDATE + "\r\n").assertNothing(204);
    assertThat(session.patch("*", "a=ice-ufrag:new4\r\na=ice-pwd:" + Sdp.NEW_PWD + "\r\n").status())
        .isEqualTo(200);
  }

  @Test
  void s4_sessionUrlsAreEnoughWithoutAToken() {
    Session session =
        door.open(Http.whip("seed"), Sdp.SOUND, "Authorization", Token.bearer("seed"));

    session.trickle("a=end-of-candidates").assertNothing(204);
    door.delete(session.url(), "Authorization", "Bearer x.y.z").assertProblem(401);
    door.delete(session.url()).assertNothing(200);
  }

  @Test
  void s5_locationsAreAbsolute() {
    String location = http.publish(Sdp.SOUND).url();

    assertThat(URI.create(location).isAbsolute()).isTrue();
    assertThat(URI.create(location).getQuery()).isNull();
  }

  @Test
  void s6_credentialsOfIceServersHaveNoType() {
    assertThat(http.publish(Sdp.SOUND).opened().headers("Link"))
        .isNotEmpty()
        .noneMatch(link -> link.contains("credential-type"));
  }

  @Test
  void s7_optionsAre200AndSayWhatMayBeSent() {
    Response response = http.options(Http.whip("live"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Accept-Post")).isEqualTo("application/sdp");
    assertThat(response.header("Accept-Patch")).isEqualTo(Http.FRAGMENT);
    assertThat(response.header("Allow")).contains("POST");
    assertThat(response.headers("Link")).isNotEmpty();
  }

  @Test
  void s8_offersNeedNoMsidAndNoRtcpMuxOnly() {
    String offer = Sdp.without(Sdp.FFMPEG, "a=msid");

    assertThat(http.publish(offer).answer()).contains("a=rtcp-mux-only\r\n");
  }

  @Test
  void s9_publishersMayOfferSendrecv() {
    String answer = http.publish(Sdp.PUBLISHER.replace("a=sendonly", "a=sendrecv")).answer();

    assertThat(Sdp.count(answer, "a=recvonly")).isEqualTo(2);
  }

  @Test
  void s10_faultsHaveTheirStatus() {
    Session session = http.publish(Sdp.SOUND);

    http.post(Http.whip("seed"), "nonsense").assertProblem(400);
    http.post(Http.whip("seed"), Sdp.FFMPEG.replace("H264", "THEORA")).assertProblem(422);
    http.post(session.endpoint(), Sdp.SOUND).assertProblem(409);
  }

  @Test
  void s11_bundleIsNotOptional() {
    http.post(Http.whip("seed"), Sdp.without(Sdp.PUBLISHER, "a=group")).assertProblem(422);
  }

  @Test
  void s12_answersNameTheirIceOptions() {
    assertThat(http.publish(Sdp.PUBLISHER).answer())
        .contains("a=ice-options:trickle ice2\r\n", "a=setup:passive\r\n", "a=ice-lite\r\n");
  }

  @Test
  void s13_offersWithoutTransportAreRefused() {
    for (String attribute : new String[] {"a=ice-ufrag", "a=ice-pwd", "a=fingerprint"}) {
      http.post(Http.whip("seed"), Sdp.without(Sdp.SOUND, attribute)).assertProblem(400);
    }
  }
}
