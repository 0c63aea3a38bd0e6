package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CorsTest {

  private static final String SESSION = "/whip/resource/abcdefghijklmnopqrstuv";

  @TestHTTPResource URI base;

  @ParameterizedTest(name = "W10, W11, W12, W13: OPTIONS {0}")
  @ValueSource(
      strings = {
        "/whip/endpoint",
        "/whip/endpoint/studio",
        "/whep/endpoint/studio",
        SESSION,
        "/whep/resource/abcdefghijklmnopqrstuv"
      })
  void answersOptions(String path) {
    var response = new Http(base).send("OPTIONS", path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Accept-Post")).isEqualTo("application/sdp");
    assertThat(header(response, "Accept-Patch")).isEqualTo(Http.FRAGMENT);
    assertThat(header(response, "Allow"))
        .contains("OPTIONS", path.contains("endpoint") ? "POST" : "PATCH");
    assertReadable(response);
  }

  @ParameterizedTest(name = "W15, W52: a preflight for {0} is let through without a token")
  @ValueSource(strings = {"POST", "PATCH", "DELETE"})
  void answersPreflights(String method) {
    var response =
        new Http(base)
            .send(
                "OPTIONS",
                method.equals("POST") ? "/whip/endpoint/studio" : SESSION,
                "Origin",
                "https://studio.example.com",
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                "authorization,content-type,if-match");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Access-Control-Allow-Methods")).contains(method);
    assertThat(header(response, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "If-Match", "ETag", "Link");
    assertThat(response.headers().firstValue("Link")).describedAs("W50").isEmpty();
    assertReadable(response);
  }

  @Test
  @DisplayName("W15: failures are readable by a web page too, those of the framework included")
  void failuresAreReadable() {
    var http = new Http(base);
    assertReadable(http.send("DELETE", SESSION, "Origin", "https://a.example"));
    assertReadable(http.send("PUT", "/whip/endpoint/studio", "Origin", "https://a.example"));
    assertReadable(http.send("GET", "/whip", "Origin", "https://a.example"));
    assertReadable(http.send("GET", "/whip/nowhere", "Origin", "https://a.example"));
    assertReadable(
        http.send(
            "POST",
            "/whip/endpoint/studio",
            new byte[65 * 1024],
            "Content-Type",
            Http.SDP,
            "Origin",
            "https://a.example"));
  }

  private static void assertReadable(HttpResponse<?> response) {
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(response, "Access-Control-Expose-Headers"))
        .contains("Location", "ETag", "Link", "Accept-Patch", "Access-Control-Allow-Methods");
  }
}
