package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.OpenSession;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.region.GeoFile;
import io.wishbone.store.DetourStore;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A process in `eu` behind a proxy on the same machine, which finds out where clients are.
@QuarkusTest
@TestProfile(RegionRedirectTest.InEurope.class)
class RegionRedirectTest {

  /// A server with other regions to send clients to.
  public static final class InEurope implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.region", "eu",
          "wishbone.trusted-proxies", "127.0.0.0/8,::1",
          "wishbone.client-region.header", "X-Region",
          "wishbone.client-region.geoip-file", places().toString(),
          "wishbone.client-region.geoip-regions",
              "continent/EU=eu,country/US=us,subdivision/US-CA=us-west",
          "wishbone.redirect.regions.us", "https://us.example.org/media/",
          "wishbone.redirect.regions.us-west", "https://west.example.org",
          "wishbone.redirect.regions.eu", "https://eu.example.org",
          "wishbone.redirect.secret", "a-secret-that-all-regions-have-in-common");
    }

    private static Path places() {
      try {
        Path file = Files.createTempFile("places", ".mmdb");
        file.toFile().deleteOnExit();
        return new GeoFile()
            .with("192.0.2.0/24", "EU", "DE", "")
            .with("198.51.100.0/25", "NA", "US", "CA")
            .with("198.51.100.128/25", "NA", "US", "NY")
            .with("203.0.113.0/24", "AS", "JP", "")
            .write(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @Inject DetourStore detours;
  @TestHTTPResource URI base;

  private Http http;

  @BeforeEach
  void start() {
    http = new Http(base);
    TestServer.reset(node, sessions, streams);
  }

  private HttpResponse<String> post(String path, String direction, String name, String value) {
    return http.send(
        "POST",
        path,
        Http.bytes(RealOffers.minimal(direction)),
        "Content-Type",
        Http.SDP,
        name,
        value);
  }

  private HttpResponse<String> publish(String name, String value) {
    return post("/whip/endpoint/live", "sendonly", name, value);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Region,        us,             https://us.example.org/media/whip/endpoint/live?grant=",
    "X-Region,        'xx, us-west',  https://west.example.org/whip/endpoint/live?grant=",
    "X-Forwarded-For, 198.51.100.7,   https://west.example.org/whip/endpoint/live?grant=",
    "X-Forwarded-For, 198.51.100.207, https://us.example.org/media/whip/endpoint/live?grant="
  })
  void sendsClientsToTheirRegion(String name, String value, String target) {
    var response = publish(name, value);
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location")).startsWith(target);
    assertThat(header(response, "Cache-Control")).contains("no-store");
    assertThat(sessions.all()).isEmpty();
    assertThat(detours.find(new StreamName("live"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Region,        eu",
    "X-Region,        ap",
    "X-Region,        'us, eu'",
    "X-Region,        'no region'",
    "X-Forwarded-For, 192.0.2.1",
    "X-Forwarded-For, 203.0.113.1",
    "X-Forwarded-For, 127.0.0.1",
    "X-Forwarded-For, rubbish"
  })
  void keepsWhoIsHereOrNobodyKnowsWhere(String name, String value) {
    location(publish(name, value));
  }

  @Test
  void tellsTheNodeWhereItSeesTheClient() {
    location(publish("X-Forwarded-For", "203.0.113.1"));
    assertThat(node.received(OpenSession.class).getLast().clientAddress()).isEqualTo("203.0.113.1");
  }

  @Test
  void believesTheHeaderBeforeTheAddress() {
    var response =
        http.send(
            "POST",
            "/whip/endpoint/live",
            Http.bytes(RealOffers.minimal("sendonly")),
            "Content-Type",
            Http.SDP,
            "X-Region",
            "eu",
            "X-Forwarded-For",
            "198.51.100.7");
    location(response);
  }

  @Test
  void sendsViewersToTheirRegionAlthoughTheStreamIsHere() {
    location(publish("X-Region", "eu"));
    var response = post("/whep/endpoint/live", "recvonly", "X-Region", "us");
    assertThat(response.statusCode()).isEqualTo(307);
    assertThat(header(response, "Location"))
        .startsWith("https://us.example.org/media/whep/endpoint/live?grant=");
  }

  @Test
  void sendsNobodyOnTwice() {
    String query = URI.create(header(publish("X-Region", "us"), "Location")).getRawQuery();
    location(post("/whip/endpoint/live?" + query, "sendonly", "X-Region", "us"));
    // Not with a grant that does not hold, either.
    problem(post("/whip/endpoint/live?grant=made.up", "sendonly", "X-Region", "us"), 401);
  }

  @Test
  void looksAtAnOfferBeforeItSendsItOn() {
    problem(
        http.send(
            "POST",
            "/whip/endpoint/live",
            Http.bytes("v=0"),
            "Content-Type",
            Http.SDP,
            "X-Region",
            "us"),
        400);
  }

  @Test
  void sendsNoRequestsOfSessionsOn() {
    String session = location(publish("X-Region", "eu"));
    assertThat(http.send("DELETE", session, "X-Region", "us").statusCode()).isEqualTo(200);
  }
}
