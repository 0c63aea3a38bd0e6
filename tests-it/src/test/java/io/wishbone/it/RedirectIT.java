package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two servers, one of which is small: who finds no room there is served by the other.
class RedirectIT {

  private static final String TOKEN_SECRET = "a-secret-that-is-long-enough-for-hs256";

  /// Both know how tokens are signed, and what signs grants.
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "WISHBONE_JWT_SECRET",
          TOKEN_SECRET,
          "WISHBONE_REDIRECT_SECRET",
          "a-secret-that-both-clusters-share!");

  private static final String[] USUAL = {
    "--auth", "jwt", "--jwt-algorithm", "hs256", "--bind", "127.0.0.1", "--workers", "1"
  };

  private static final String OFFER = Offers.read("chromium156-whip-vp8-only.offer.sdp");
  private static final String CANDIDATE =
      "a=candidate:1 1 UDP 2130706431 192.0.2.7 50000 typ host\r\n";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final RunningServer big = RunningServer.with(ENVIRONMENT, USUAL);
  private static final int SMALL_HTTPS_PORT = FreePorts.tcp();

  @TempDir private static Path directory = Path.of("");

  private static RunningServer small = RunningServer.with();

  /// The session that fills the small server.
  private static URI first = URI.create("");

  @BeforeAll
  static void start() throws IOException, InterruptedException, GeneralSecurityException {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    TestCertificate.make(directory, "small").write(certificate, key);
    big.started();
    small =
        RunningServer.with(
                ENVIRONMENT,
                with(
                    "--sessions-per-worker",
                    "1",
                    "--session-connect-timeout",
                    "10m",
                    "--redirect-to",
                    "http://localhost:" + big.httpPort(),
                    "--https-port",
                    "" + SMALL_HTTPS_PORT,
                    "--tls-certificate",
                    certificate.toString(),
                    "--tls-key",
                    key.toString()))
            .started();
    assertThat(fill()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    small.close();
    big.close();
    CLIENT.close();
  }

  @Test
  void aClientThatFollowsRedirectsEndsUpAtTheOtherServer()
      throws IOException, InterruptedException {
    try (HttpClient follower =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      HttpResponse<String> opened = post(follower, small.whip("second"), token());
      assertThat(opened.statusCode()).isEqualTo(201);
      assertThat(opened.uri().getPort()).isEqualTo(big.httpPort());
      assertThat(opened.body()).contains(" 127.0.0.1 " + big.mediaPort() + " typ host");
      URI session = URI.create(location(opened));
      assertThat(session.getPort()).isEqualTo(big.httpPort());
      assertThat(session.getQuery()).isNull();
      var delete = HttpRequest.newBuilder(session).DELETE().build();
      assertThat(CLIENT.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBrowserGetsThereWithoutItsToken(Version version) throws IOException, InterruptedException {
    URI endpoint =
        version == Version.HTTP_2
            ? URI.create("https://localhost:" + SMALL_HTTPS_PORT + "/whip/endpoint/third")
            : small.whip("third");
    HttpResponse<String> redirect;
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificate.trustAll()).version(version).build()) {
      redirect = post(client, endpoint, token());
    }
    assertThat(redirect.version()).isEqualTo(version);
    assertThat(redirect.statusCode()).isEqualTo(307);
    var preflight =
        HttpRequest.newBuilder(URI.create(location(redirect)))
            .method("OPTIONS", BodyPublishers.noBody())
            .headers("Origin", "null", "Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type")
            .build();
    HttpResponse<String> allowed = CLIENT.send(preflight, BodyHandlers.ofString());
    assertThat(allowed.statusCode()).isEqualTo(200);
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("*");

    HttpResponse<String> opened = post(CLIENT, URI.create(location(redirect)), null);
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(URI.create(location(opened)).getPort()).isEqualTo(big.httpPort());
    var delete = HttpRequest.newBuilder(URI.create(location(opened))).DELETE();
    assertThat(status(delete)).isEqualTo(200);
  }

  @Test
  void viewersFollowTheirPublisher() throws IOException, InterruptedException {
    assertThat(post(CLIENT, small.whip("fourth"), token()).statusCode()).isEqualTo(307);
    HttpResponse<String> sent =
        post(
            CLIENT,
            small.whep("fourth"),
            token(),
            Offers.read("chromium156-whep-recvonly.offer.sdp"));
    assertThat(sent.statusCode()).isEqualTo(307);
    assertThat(location(sent))
        .startsWith("http://localhost:" + big.httpPort() + "/whep/endpoint/fourth?grant=");
  }

  @Test
  void sessionUrlsAreServedWhereTheSessionIs() throws IOException, InterruptedException {
    assertThat(post(CLIENT, small.whip("fifth"), token()).statusCode()).isEqualTo(307);

    var patch =
        HttpRequest.newBuilder(first)
            .method("PATCH", BodyPublishers.ofString(CANDIDATE))
            .headers("Content-Type", "application/trickle-ice-sdpfrag", "If-Match", "*");
    assertThat(status(patch)).isEqualTo(204);
    assertThat(status(HttpRequest.newBuilder(first).GET())).isEqualTo(204);
    assertThat(status(HttpRequest.newBuilder(first).method("OPTIONS", BodyPublishers.noBody())))
        .isEqualTo(200);
    assertThat(status(HttpRequest.newBuilder(first).DELETE())).isEqualTo(200);

    // For the other tests it is to be full again.
    await().atMost(PATIENCE).until(() -> fill() == 201);
  }

  /// Opens the only session that the small server has room for.
  private static int fill() throws IOException, InterruptedException {
    HttpResponse<String> opened = post(CLIENT, small.whip("first"), token());
    first = URI.create(location(opened));
    return opened.statusCode();
  }

  private static int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static HttpResponse<String> post(HttpClient client, URI endpoint, @Nullable String token)
      throws IOException, InterruptedException {
    return post(client, endpoint, token, OFFER);
  }

  private static HttpResponse<String> post(
      HttpClient client, URI endpoint, @Nullable String token, String offer)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .POST(BodyPublishers.ofString(offer))
            .header("Content-Type", "application/sdp");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElse("");
  }

  private static String token() {
    return SignedToken.of(TOKEN_SECRET, "encoder-7", "*", 300);
  }

  private static String[] with(String... more) {
    return Stream.of(USUAL, more).flatMap(Stream::of).toArray(String[]::new);
  }
}
