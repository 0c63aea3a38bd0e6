package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// W56: limits for each address and each subject.
@QuarkusTest
@TestProfile(RequestRateTest.Strict.class)
class RequestRateTest extends OverHttp {

  private static final String SESSION = "/whip/resource/" + "a".repeat(22);
  private static final int BURST = 20;

  /// A server behind a proxy on this machine, that lets an address send a request a second.
  public static final class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth", "jwt",
          "wishbone.jwt.algorithm", "hs256",
          "wishbone.jwt.secret", SharedSecret.TEXT,
          "wishbone.trusted-proxies", "127.0.0.0/8,::1",
          "wishbone.limits.per-address", "1",
          "wishbone.limits.per-subject", "1",
          "wishbone.ice-servers", "stun:stun.example.org");
    }
  }

  @Test
  @DisplayName(
      "an address that sends too much is told when to come back, and can read it in a page")
  void refusesAnAddressThatSendsTooMuch() {
    for (String method : new String[] {"POST", "PATCH", "DELETE"}) {
      var refused = refused(_ -> from("192.0.2.1", method, SESSION));
      assertThat(problem(refused, 429)).contains("address");
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 2);
    }
    problem(from("192.0.2.2", "DELETE", SESSION), 404);
  }

  @Test
  void countsLooksAtSessionsAndEventStreams() {
    String player = "/whep/resource/" + "a".repeat(22);
    List<String> paths = List.of(SESSION, player, player + "/events/none");
    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      String address = "192.0.2." + (20 + i);
      var refused = refused(_ -> from(address, "GET", path));
      assertThat(problem(refused, 429)).contains("address");
      assertThat(from(address, "HEAD", path).statusCode()).isEqualTo(429);
      assertThat(from(address, "OPTIONS", path).statusCode()).isNotEqualTo(429);
    }
  }

  @Test
  void countsTheSubjectsOfOptionsThatAreLookedAt() {
    var refused =
        refused(i ->
            http.send(
                "OPTIONS",
                "/whip/endpoint/curious",
                "Authorization",
                bearer("curious"),
                "X-Forwarded-For",
                "203.0.113." + i));
    assertThat(problem(refused, 429)).contains("token");
  }

  @Test
  @DisplayName("what is answered without a look at anything is not counted")
  void countsNothingElse() {
    for (int i = 0; i < 3 * BURST; i++) {
      assertThat(from("192.0.2.3", "OPTIONS", "/whip/endpoint/studio").statusCode()).isEqualTo(200);
    }
    problem(refused(_ -> from("192.0.2.3", "DELETE", SESSION)), 429);
    assertThat(from("192.0.2.3", "OPTIONS", "/whip/endpoint/studio").statusCode()).isEqualTo(200);
    assertThat(from("192.0.2.3", "GET", "/whip/endpoint/studio").statusCode()).isEqualTo(204);
  }

  @Test
  void countsWhateverHasCredentialsToLookAt() {
    var refused =
        refused(_ ->
            http.send(
                "OPTIONS",
                "/whip/endpoint/studio",
                "X-Forwarded-For",
                "192.0.2.9",
                "Authorization",
                "Bearer made.up.token"));
    problem(refused, 429);
  }

  @Test
  void isNotFooledByWhatAClientWritesIntoTheHeaderItself() {
    problem(refused(i -> from("10.9.8." + i + ", 192.0.2.4", "DELETE", SESSION)), 429);
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    problem(refused(i -> from("2001:db8::" + i, "DELETE", SESSION)), 429);
    problem(from("2001:db8:1::1", "DELETE", SESSION), 404);
  }

  @Test
  void letsThisMachineThrough() {
    for (int i = 0; i < 3 * BURST; i++) {
      problem(http.send("DELETE", SESSION), 404);
    }
  }

  @Test
  void refusesASubjectThatSendsTooMuchFromManyAddresses() {
    String session = location(publish("busy", "198.51.100.250"));
    var refused = refused(i -> publish("busy", "198.51.100." + i));
    assertThat(problem(refused, 429)).contains("token");
    assertThat(header(refused, "Retry-After")).matches("[12]");
    var patched = refused(_ -> http.patch(session, "*", "a=end-of-candidates\r\n"));
    assertThat(problem(patched, 429)).contains("token");
    location(publish("calm", "198.51.100.200"));
  }

  @Test
  void countsWhatSubjectsDoToEventsAndLayers() {
    publish("viewer", "198.51.100.1");
    String session = location(post("whep", "recvonly", "viewer", "198.51.100.1"));
    for (String path : List.of("/events", "/layer")) {
      var refused = refused(_ -> http.send("POST", session + path));
      assertThat(problem(refused, 429)).contains("token");
    }
    var deleted = refused(_ -> http.send("DELETE", session + "/events/none"));
    assertThat(problem(deleted, 429)).contains("token");
  }

  /// The first response of that kind. A slow machine is given a token now and then.
  private static HttpResponse<String> refused(IntFunction<HttpResponse<String>> request) {
    HttpResponse<String> response = request.apply(0);
    for (int i = 1; response.statusCode() != 429 && i < 10 * BURST; i++) {
      response = request.apply(i);
    }
    return response;
  }

  private HttpResponse<String> from(String addresses, String method, String path) {
    return http.send(method, path, "X-Forwarded-For", addresses);
  }

  private HttpResponse<String> publish(String subject, String address) {
    return post("whip", "sendonly", subject, address);
  }

  private HttpResponse<String> post(
      String protocol, String direction, String subject, String address) {
    return http.send(
        "POST",
        "/" + protocol + "/endpoint/" + subject,
        Http.bytes(RealOffers.minimal(direction)),
        "Content-Type",
        Http.SDP,
        "Authorization",
        bearer(subject),
        "X-Forwarded-For",
        address);
  }

  private static String bearer(String subject) {
    return "Bearer "
        + Jwt.subject(subject)
            .claim("publish", "*")
            .claim("play", "*")
            .expiresIn(60)
            .sign(SharedSecret.KEY);
  }
}
