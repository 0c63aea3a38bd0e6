package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is told of STUN and TURN servers, and how (RFC 9725 section 4.6).
@QuarkusTest
@TestProfile(IceLinksTest.WithServers.class)
class IceLinksTest extends OverHttp {

  private static final String OFFER = RealOffers.minimal("sendonly");

  /// A server that asks for tokens, and knows two servers.
  public static final class WithServers implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth", "jwt",
          "wishbone.jwt.algorithm", "hs256",
          "wishbone.jwt.secret", SharedSecret.TEXT,
          "wishbone.ice-servers", "stun:stun.example.org,turn:turn.example.org:3478?transport=udp",
          "wishbone.turn.secret", "north");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(RevocationsInOutage.class);
    }
  }

  @Inject RevocationsInOutage revocations;

  @Test
  @DisplayName("W48: on the wire there is one header line for each server, the URI right behind it")
  void writesALineForEachServer() throws IOException {
    List<String> lines =
        raw("POST /whip/endpoint/studio HTTP/1.1\r\nHost: a\r\nContent-Type: application/sdp\r\n"
                + "Authorization: "
                + bearer()
                + "\r\nConnection: close\r\nContent-Length: "
                + OFFER.length()
                + "\r\n\r\n"
                + OFFER)
            .lines()
            .toList();
    assertThat(lines.getFirst()).isEqualTo("HTTP/1.1 201 Created");
    List<String> links = lines.stream().filter(line -> line.matches("(?i)link:.*")).toList();
    assertThat(links).hasSize(2);
    assertThat(links.getFirst())
        .isEqualToIgnoringCase("Link: <stun:stun.example.org>; rel=\"ice-server\"");
    assertThat(links.getLast())
        .matches(
            "(?i:link): <turn:turn\\.example\\.org:3478\\?transport=udp>; rel=\"ice-server\";"
                + " username=\"[0-9]{10}:encoder-7\"; credential=\"[A-Za-z0-9+/=]{28}\"")
        .doesNotContain("credential-type", ",");
  }

  @Test
  @DisplayName("P21: a player is told as well")
  void tellsPlayers() {
    assertThat(
            http.send("POST", "/whip/endpoint/studio", Http.bytes(OFFER), headers()).statusCode())
        .isEqualTo(201);
    var played =
        http.send(
            "POST", "/whep/endpoint/studio", Http.bytes(RealOffers.minimal("recvonly")), headers());
    assertThat(played.statusCode()).isEqualTo(201);
    assertThat(links(played)).filteredOn(link -> link.contains("ice-server")).hasSize(2);
  }

  @ParameterizedTest(name = "W49: OPTIONS {0} with a token")
  @ValueSource(strings = {"/whip/endpoint/studio", "/whip/endpoint", "/whep/endpoint/studio"})
  void tellsOnRequest(String path) {
    var response = http.send("OPTIONS", path, "Authorization", bearer());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(links(response)).hasSize(2);
  }

  @ParameterizedTest(name = "OPTIONS with Authorization: {0}")
  @ValueSource(strings = {"", "Bearer made-up", "Basic dTpw"})
  void tellsNoStrangers(String authorization) {
    var headers =
        authorization.isEmpty() ? new String[0] : new String[] {"Authorization", authorization};
    var response = http.send("OPTIONS", "/whip/endpoint/studio", headers);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(links(response)).isEmpty();
  }

  @Test
  void tellsNobodyWhoMayNotUseTheStream() {
    var response = http.send("OPTIONS", "/whip/endpoint/other", "Authorization", bearer());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(links(response)).isEmpty();
  }

  @Test
  @DisplayName("W50: a preflight is not told, unless the page asks for Link")
  void tellsPreflightsOnlyThatAskForLinks() {
    assertThat(links(preflight("authorization, content-type"))).isEmpty();
    assertThat(links(preflight("authorization, Link"))).hasSize(2);
    assertThat(
            links(
                http.send(
                    "OPTIONS",
                    "/whip/endpoint/studio",
                    "Authorization",
                    bearer(),
                    "Origin",
                    "https://a.example")))
        .describedAs("from a page, and no preflight")
        .hasSize(2);
  }

  @Test
  @DisplayName("while the store is away, OPTIONS is a 200 that tells nobody, and no offer is taken")
  void tellsNobodyWhileTheStoreIsAway() {
    revocations.setOutage(true);
    try {
      for (String path : List.of("/whip/endpoint/studio", "/whip/endpoint")) {
        var response = http.send("OPTIONS", path, "Authorization", bearer());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Accept-Post")).contains(Http.SDP);
        assertThat(links(response)).isEmpty();
      }
      assertThat(
              http.send("POST", "/whip/endpoint/studio", Http.bytes(OFFER), headers()).statusCode())
          .isEqualTo(503);
    } finally {
      revocations.setOutage(false);
    }
    tellsOnRequest("/whip/endpoint/studio");
  }

  @Test
  void refusedOffersAreToldNothing() {
    var response = http.send("POST", "/whip/endpoint/studio", Http.bytes("v=0"), headers());
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(links(response)).isEmpty();
  }

  private HttpResponse<String> preflight(String headers) {
    return http.send(
        "OPTIONS",
        "/whip/endpoint/studio",
        "Authorization",
        bearer(),
        "Origin",
        "https://a.example",
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        headers);
  }

  private static List<String> links(HttpResponse<?> response) {
    return response.headers().allValues("Link");
  }

  private static String[] headers() {
    return new String[] {"Content-Type", Http.SDP, "Authorization", bearer()};
  }

  private static String bearer() {
    return "Bearer "
        + Jwt.subject("encoder-7")
            .claim("publish", "studio")
            .claim("play", "studio")
            .expiresIn(60)
            .sign(SharedSecret.KEY);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(25_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
