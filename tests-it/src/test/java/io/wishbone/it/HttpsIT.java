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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The packaged server over HTTPS.
class HttpsIT {

  private static final Duration RELOAD = Duration.ofSeconds(1);

  /// The machine may have other things to do.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String OFFER = Offers.read("chromium156-whip-vp8-only.offer.sdp");
  private static final int PORT = FreePorts.tcp();

  @TempDir private static Path directory = Path.of("");

  private static RunningServer server = RunningServer.with();

  @BeforeAll
  static void start() throws IOException, InterruptedException, GeneralSecurityException {
    TestCertificate.make(directory, "first").write(certificate(), key());
    server =
        RunningServer.with(
                "--https-port",
                "" + PORT,
                "--tls-certificate",
                certificate().toString(),
                "--tls-key",
                key().toString(),
                "--tls-reload-period",
                RELOAD.toSeconds() + "s",
                "--limits-per-address",
                "1",
                "--trusted-proxies",
                "127.0.0.1,::1")
            .started();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void opensASessionThatIsFoundOverHttps(Version version) throws IOException, InterruptedException {
    try (HttpClient client = client(version)) {
      HttpResponse<String> opened = post(client, PORT, version.name(), OFFER);
      assertThat(opened.statusCode()).isEqualTo(201);
      assertThat(opened.version()).isEqualTo(version);
      URI session = URI.create(opened.headers().firstValue("Location").orElse(""));
      assertThat(session.toString()).startsWith("https://localhost:" + PORT + "/whip/resource/");
      var delete = HttpRequest.newBuilder(session).DELETE().build();
      assertThat(client.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void explainsRefusals(Version version) throws IOException, InterruptedException {
    try (HttpClient client = client(version)) {
      HttpResponse<String> tooLarge = post(client, PORT, "large", "v=0\r\n".repeat(20_000));
      assertThat(tooLarge.statusCode()).isEqualTo(413);
      assertThat(tooLarge.body()).contains("65536 bytes");
      assertThat(post(client, PORT, "broken", "v=1\r\n").statusCode()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @EnumSource
  void slowsDownWhoSendsTooMuch(Version version) throws IOException, InterruptedException {
    String address = version == Version.HTTP_2 ? "192.0.2.2" : "192.0.2.1";
    try (HttpClient client = client(version)) {
      HttpResponse<String> last;
      int count = 0;
      do {
        last = post(client, PORT, "much", "v=1\r\n", "X-Forwarded-For", address);
        assertThat(last.version()).isEqualTo(version);
      } while (last.statusCode() == 400 && ++count < 1_000);
      assertThat(last.statusCode()).as(last.body()).isEqualTo(429);
      assertThat(last.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
      assertThat(last.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      // The connection is as good as before.
      assertThat(post(client, PORT, "much", "v=1\r\n").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void saysWhereItIs() {
    assertThat(server.output())
        .containsExactly(
            "Console  https://localhost:" + PORT + "/",
            "WHIP     https://localhost:" + PORT + "/whip/endpoint/{stream}",
            "WHEP     https://localhost:" + PORT + "/whep/endpoint/{stream}");
  }

  @Test
  void servesARenewedCertificateWithoutARestart()
      throws IOException, InterruptedException, GeneralSecurityException {
    String before = subject(PORT);
    TestCertificate renewed = TestCertificate.make(directory, "renewed");
    renewed.write(certificate(), key());
    // Between the two files, there is a moment in which they do not fit together.
    awaitRenewal(PORT, "certificate");
    assertThat(before).isEqualTo("CN=first");
  }

  private static void awaitRenewal(int port, String kind) {
    long start = System.nanoTime();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> subject(port).equals("CN=renewed"));
    System.out.printf(
        "the %s was renewed after %d ms, with a period of %d ms%n",
        kind, Duration.ofNanos(System.nanoTime() - start).toMillis(), RELOAD.toMillis());
  }

  @Test
  void takesAKeyStoreAndServesARenewedOneWithoutARestart()
      throws IOException, InterruptedException {
    Path store = directory.resolve("server.p12");
    TestCertificate.make(directory, "stored").writeStore(store);
    int port = FreePorts.tcp();
    try (RunningServer other =
        RunningServer.with(
                Map.of("WISHBONE_TLS_KEYSTORE_PASSWORD", TestCertificate.PASSWORD),
                "--https-port",
                "" + port,
                "--tls-keystore",
                store.toString(),
                "--tls-reload-period",
                RELOAD.toSeconds() + "s")
            .started()) {
      assertThat(subject(port)).isEqualTo("CN=stored");
      assertThat(other.output().getFirst()).isEqualTo("Console  https://localhost:" + port + "/");

      TestCertificate.make(directory, "renewed-store", "renewed").writeStore(store);

      awaitRenewal(port, "key store");
    }
  }

  @Test
  void doesNotStartWithACertificateThatIsNone() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.pem"), "hello");
    var run =
        ServerProgram.run(
            directory,
            Map.of(),
            "--http-port",
            "" + FreePorts.tcp(),
            "--https-port",
            "" + FreePorts.tcp(),
            "--media-port",
            "" + FreePorts.udp(2),
            "--tls-certificate",
            broken.toString(),
            "--tls-key",
            broken.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.errors()).startsWith("wishbone: cannot start: ").hasLineCount(1);
  }

  private static Path certificate() {
    return directory.resolve("certificate.pem");
  }

  private static Path key() {
    return directory.resolve("key.pem");
  }

  private static HttpClient client(Version version) {
    return HttpClient.newBuilder().sslContext(TestCertificate.trustAll()).version(version).build();
  }

  /// @param headers names and values in turn
  private static HttpResponse<String> post(
      HttpClient client, int port, String stream, String offer, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/whip/endpoint/" + stream))
            .POST(BodyPublishers.ofString(offer))
            .header("Content-Type", "application/sdp");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// Of the certificate that a new connection gets.
  private static String subject(int port) throws IOException {
    try (var socket =
        (SSLSocket) TestCertificate.trustAll().getSocketFactory().createSocket("localhost", port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.startHandshake();
      var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getSubjectX500Principal().getName();
    }
  }
}
