package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.SignedGrant;
import io.wishbone.store.DetourStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What clients are told when there is no room (RFC 9725 section 4.5), by a server that has another
/// cluster to send them to, and by the server that they are sent to: here it is the same one.
@QuarkusTest
@TestProfile(RedirectTest.WithAnotherCluster.class)
class RedirectTest extends OverHttp {

  private static final String SHARED_SECRET = "a-secret-that-both-clusters-share!";

  /// A server that asks for tokens.
  public static final class WithAnotherCluster implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth", "jwt",
          "wishbone.jwt.algorithm", "hs256",
          "wishbone.jwt.secret", SharedSecret.TEXT,
          "wishbone.redirect.to", "https://two.example.org/media/",
          "wishbone.redirect.secret", SHARED_SECRET);
    }
  }

  @Inject DetourStore detours;

  @BeforeEach
  void start() {
    detours.remove(new StreamName("live"));
  }

  @Test
  @DisplayName("W45: a publisher for whom there is no room is sent on, by 307 with path and query")
  void sendsAPublisherOn() {
    node.refuseWith(Refusal.NODE_FULL);
    var response = publish("/whip/endpoint/live?a=b&c=%20d");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .matches(
            "https://two\\.example\\.org/media/whip/endpoint/live\\?a=b&c=%20d"
                + "&grant=[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    assertThat(header(response, "Cache-Control")).contains("no-store");
    assertThat(header(response, "Access-Control-Allow-Origin")).describedAs("W15").isEqualTo("*");
    assertThat(header(response, "Access-Control-Expose-Headers")).contains("Location");
    assertThat(sessions.all()).isEmpty();
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void keepsTheStreamOfATokenOutOfThePath() {
    node.refuseWith(Refusal.NODE_DRAINING);
    var response = publish("/whip/endpoint");
    assertThat(header(response, "Location"))
        .startsWith("https://two.example.org/media/whip/endpoint?grant=");
    node.reset();
    location(withGrant("/whip/endpoint", response, "sendonly"));
    assertThat(node.received(OpenSession.class).getLast().stream().value()).isEqualTo("live");
  }

  @Test
  void takesTheGrantInsteadOfAToken() {
    HttpResponse<String> response = redirected();
    node.reset();
    var opened = withGrant("/whip/endpoint/live", response, "sendonly");
    assertThat(URI.create(location(opened)).getQuery()).isNull();
    assertThat(sessions.all().getFirst().subject()).isEqualTo("encoder-7");
  }

  @Test
  void takesTheGrantForItsStreamAndActionOnly() {
    HttpResponse<String> response = redirected();
    node.reset();
    problem(withGrant("/whip/endpoint/other", response, "sendonly"), 403);
    problem(withGrant("/whep/endpoint/live", response, "recvonly"), 403);
    problem(http.post("/whip/endpoint/live?grant=made.up", RealOffers.minimal("sendonly")), 401);
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @Test
  void takesATokenWhereTheGrantDoesNotHold() {
    String expired = SignedGrant.toPublish("live", SHARED_SECRET, Instant.now().minusSeconds(3600));
    problem(http.post("/whip/endpoint/live?grant=" + expired, RealOffers.minimal("sendonly")), 401);
    for (String grant : List.of("made.up", expired)) {
      location(publish("/whip/endpoint/live?grant=" + grant));
      problem(
          http.send(
              "POST",
              "/whip/endpoint/live?grant=" + grant,
              Http.bytes(RealOffers.minimal("sendonly")),
              "Content-Type",
              Http.SDP,
              "Authorization",
              "Bearer wrong"),
          401);
      // It was sent here, so it is not sent on.
      node.refuseWith(Refusal.NODE_FULL);
      assertThat(publish("/whip/endpoint/live?grant=" + grant).statusCode()).isEqualTo(503);
      node.reset();
    }
  }

  @Test
  @DisplayName("W47: whoever was sent here is not sent on, but told when to come back")
  void sendsNobodyOnTwice() {
    HttpResponse<String> response = redirected();
    var refused = withGrant("/whip/endpoint/live", response, "sendonly");
    assertThat(problem(refused, 503)).contains("the node says NODE_FULL");
    assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 30);
  }

  @Test
  void looksAtAnOfferBeforeItSendsItOn() {
    node.refuseWith(Refusal.NODE_FULL);
    problem(http.send("POST", "/whip/endpoint/live", Http.bytes("v=0"), headers("encoder-7")), 400);
    problem(http.post("/whip/endpoint/live", RealOffers.minimal("sendonly")), 401);
  }

  @Test
  void keepsThePublisherOfALiveStream() {
    location(publish("/whip/endpoint/live"));
    node.refuseWith(Refusal.NODE_FULL);
    problem(publish("/whip/endpoint/live"), 503);
  }

  @Test
  void sendsViewersAfterTheirPublisherUntilItIsBack() {
    problem(play(), 409);
    HttpResponse<String> unused = redirected();
    assertThat(unused.statusCode()).isEqualTo(307);
    node.reset();
    var followed = play();
    assertThat(followed.statusCode()).isEqualTo(307);
    assertThat(header(followed, "Location"))
        .startsWith("https://two.example.org/media/whep/endpoint/live?grant=");
    problem(withGrant("/whep/endpoint/live", followed, "recvonly"), 409);

    location(publish("/whip/endpoint/live"));
    location(play());
  }

  @Test
  void keepsViewersOfAStreamThatIsHere() {
    location(publish("/whip/endpoint/live"));
    node.refuseWith(Refusal.NODE_FULL);
    problem(play(), 503);
  }

  @Test
  @DisplayName("W45, W46: OPTIONS is answered here, and so are requests for sessions")
  void sendsNothingElseOn() {
    String session = location(publish("/whip/endpoint/live"));
    node.refuseWith(Refusal.NODE_FULL);
    assertThat(http.send("OPTIONS", "/whip/endpoint/live").statusCode()).isEqualTo(200);
    problem(http.patch(session, "*", "a=end-of-candidates\r\n"), 503);
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> redirected() {
    node.refuseWith(Refusal.NODE_FULL);
    return publish("/whip/endpoint/live");
  }

  private HttpResponse<String> publish(String path) {
    return http.send(
        "POST", path, Http.bytes(RealOffers.minimal("sendonly")), headers("encoder-7"));
  }

  private HttpResponse<String> play() {
    return http.send(
        "POST",
        "/whep/endpoint/live",
        Http.bytes(RealOffers.minimal("recvonly")),
        headers("viewer"));
  }

  /// As a browser follows: without the token.
  private HttpResponse<String> withGrant(
      String path, HttpResponse<String> redirect, String direction) {
    String query = URI.create(header(redirect, "Location")).getRawQuery();
    return http.post(path + "?" + query, RealOffers.minimal(direction));
  }

  private static String[] headers(String subject) {
    String token =
        Jwt.subject(subject)
            .claim("publish", "live")
            .claim("play", "live")
            .expiresIn(60)
            .sign(SharedSecret.KEY);
    return new String[] {"Content-Type", Http.SDP, "Authorization", "Bearer " + token};
  }
}
