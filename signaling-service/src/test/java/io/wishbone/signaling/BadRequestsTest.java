package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.OpenSession;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes in, the answer is a problem of the client's, at once (R9).
@QuarkusTest
class BadRequestsTest extends OverHttp {

  private static final String OFFER = RealOffers.minimal("sendonly");

  static Stream<Arguments> offers() {
    return Stream.of(
        Arguments.of("empty", "", "body is empty"),
        Arguments.of("white space", " \r\n", "line 1"),
        Arguments.of("no SDP", "hello", "line 1"),
        Arguments.of("JSON", "{\"sdp\":\"v=0\"}", "line 1"),
        Arguments.of("another version", OFFER.replace("v=0", "v=1"), "line 1"),
        Arguments.of("nothing but a version", "v=0\r\n", "line"),
        Arguments.of("cut within a line", OFFER.substring(0, OFFER.length() - 16), "line 15"),
        Arguments.of("no media", OFFER.substring(0, OFFER.indexOf("m=")), "neither audio"),
        Arguments.of("a rejected section only", OFFER.replace("m=audio 9", "m=audio 0"), "neither"),
        Arguments.of("data only", OFFER.replace("m=audio", "m=application"), "neither audio"),
        Arguments.of("a port that is none", OFFER.replace("m=audio 9", "m=audio 99999"), "line 6"),
        Arguments.of("a section cut short", OFFER.replace("9 UDP/TLS/RTP/SAVPF 111", ""), "line 6"),
        Arguments.of("a control character", OFFER.replace("s=-", "s=\u0000"), "line 3"),
        Arguments.of("a lone CR", OFFER.replace("s=-", "s=-\rX: y"), "line 3"),
        Arguments.of("a short ufrag", OFFER.replace(RealOffers.UFRAG, "abc"), "line 8"),
        Arguments.of("a short password", OFFER.replace(RealOffers.PASSWORD, "abc"), "line 9"),
        Arguments.of("a short fingerprint", OFFER.replace("DA:7B:", ""), "line 10"),
        Arguments.of("no fingerprint", without("a=fingerprint"), "a=fingerprint"),
        Arguments.of("no ufrag", without("a=ice-ufrag"), "a=ice-ufrag"),
        Arguments.of("a mapping cut short", OFFER.replace("opus/48000/2", ""), "line 15"),
        Arguments.of(
            "a line that is too long", OFFER + "a=" + "x".repeat(5000) + "\r\n", "line 16"),
        Arguments.of("too many sections", OFFER + "m=video 9 RTP/SAVPF 96\r\n".repeat(20), "line"));
  }

  @ParameterizedTest(name = "W4: an offer with {0}")
  @MethodSource("offers")
  void namesWhatIsWrongWithAnOffer(String name, String offer, String named) {
    var response = http.post("/whip/endpoint/studio", offer);
    assertThat(problem(response, 400)).contains(named);
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @Test
  void refusesTextThatIsNoUtf8() {
    var response =
        http.send(
            "POST",
            "/whip/endpoint/studio",
            "v=0\r\ns=\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1),
            "Content-Type",
            Http.SDP);
    assertThat(problem(response, 400)).contains("UTF-8");
  }

  @Test
  void refusesABodyThatAnnouncesTooMuch() {
    var response =
        http.send(
            "POST", "/whip/endpoint/studio", new byte[64 * 1024 + 1], "Content-Type", Http.SDP);
    assertThat(problem(response, 413)).contains("65536 bytes");
  }

  @Test
  void takesABodyOfTheLargestSize() {
    String offer = OFFER + "a=x-filler\r\n".repeat((64 * 1024 - OFFER.length()) / 12);
    assertThat(http.post("/whip/endpoint/studio", offer).statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("a body that grows beyond the limit without having announced it is a 413")
  void refusesABodyThatGrowsTooLarge() throws IOException {
    String response =
        raw(
            "POST /whip/endpoint/studio HTTP/1.1\r\nHost: a\r\nContent-Type: application/sdp\r\n"
                + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + ("1000\r\n" + "a".repeat(0x1000) + "\r\n").repeat(20)
                + "0\r\n\r\n");
    assertThat(response).startsWith("HTTP/1.1 413");
  }

  @Test
  void contentTypesThatMakeNoSenseAreUnsupported() {
    for (String contentType :
        new String[] {"text/plain", "application/sdpx", "garbage", ";;;", "/"}) {
      var response =
          http.send(
              "POST", "/whip/endpoint/studio", Http.bytes(OFFER), "Content-Type", contentType);
      problem(response, 415);
      assertThat(header(response, "Accept-Post")).isEqualTo(Http.SDP);
    }
    problem(http.send("POST", "/whip/endpoint/studio", Http.bytes(OFFER)), 415);
    var patch = http.send("PATCH", "/whip/resource/" + "a".repeat(22), "Content-Type", "garbage/");
    problem(patch, 415);
    assertThat(header(patch, "Accept-Patch")).isEqualTo(Http.FRAGMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/whep/resource/aaaaaaaaaaaaaaaaaaaaaa/events",
        "/whep/resource/aaaaaaaaaaaaaaaaaaaaaa/layer",
        "/api/v1/revocations"
      })
  void contentTypesThatMakeNoSenseAreUnsupportedWhereJsonIsExpected(String path) {
    var response = http.send("POST", path, Http.bytes("{}"), "Content-Type", "garbage/");
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
    assertThat(header(response, "Accept-Post")).isEqualTo("application/json");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "X-A: b                      | the Host header",
        "Host:                       | no host and port",
        "Host: [::1                  | no host and port",
        "Host: x/../y                | no host and port",
        "Host: user@host             | no host and port",
        "Host: a b                   | no host and port",
        "Host: %00                   | no host and port",
      })
  void opensNothingWhenItCannotSayWhere(String headers, String named) throws IOException {
    String response = post(headers);
    assertThat(response)
        .startsWith("HTTP/1.1 400")
        .contains("Access-Control-Allow-Origin: *", "application/problem+json", named);
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a:1,http://a:1",
    "[::1],http://[::1]",
    "media_server,http://media_server",
    "192.0.2.1,http://192.0.2.1"
  })
  void saysWhereTheSessionIs(String host, String address) throws IOException {
    assertThat(post("Host: " + host))
        .startsWith("HTTP/1.1 201")
        .containsIgnoringCase("Location: " + address + "/whip/resource/");
  }

  private String post(String headers) throws IOException {
    return raw(
        "POST /whip/endpoint/studio HTTP/1.1\r\n"
            + headers
            + "\r\nContent-Type: application/sdp\r\nConnection: close\r\nContent-Length: "
            + OFFER.length()
            + "\r\n\r\n"
            + OFFER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/whip;x/endpoint/a",
        "/whip/endpoint;x/a",
        "/whip/endpoint/a;b",
        "/whip/endpoint/a;b=c",
        "/%77hip;/endpoint/a"
      })
  void takesNoParametersInAPath(String path) {
    assertThat(problem(http.post(path, OFFER), 400)).contains("';'");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest(name = "R10: {0}")
  @CsvSource({
    "/whip/endpoint/studio, application/sdp, 100000, 413",
    "/whip/endpoint/studio, text/plain, 1000, 415",
    "/whip/nowhere, text/plain, 1000, 404",
    "/nowhere, text/plain, 1000, 404"
  })
  void closesTheConnectionOfAClientThatIsAnsweredAndGoesOnSending(
      String path, String type, int length, int status) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(200);
      socket
          .getOutputStream()
          .write(
              bytes(
                  "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                      .formatted(path, type, length)));
      assertThat(drip(socket)).startsWith("HTTP/1.1 " + status);
    }
  }

  /// Sends a byte each time that nothing comes, until the server closes.
  private static String drip(Socket socket) throws IOException {
    var response = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      try {
        int read = socket.getInputStream().read();
        if (read < 0) {
          return response.toString();
        }
        response.append((char) read);
        i--;
      } catch (SocketTimeoutException _) {
        socket.getOutputStream().write('a');
      } catch (SocketException _) {
        return response.toString();
      }
    }
    throw new AssertionError("still open after " + response);
  }

  @Test
  @DisplayName("R10: the server closes a connection whose headers do not come")
  void doesNotWaitForHeadersThatDoNotCome() throws IOException {
    long start = System.nanoTime();
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(500);
      socket.getOutputStream().write(bytes("POST /whip/endpoint/studio HTTP/1.1\r\nX-A: "));
      assertThat(drip(socket)).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
  }

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest(name = "R9: damage {0}")
  @MethodSource("seeds")
  void survivesDamagedOffersAndFragments(int seed) {
    var random = new Random(seed);
    byte[] offer = damaged(random, Http.bytes(OFFER));
    int status =
        http.send("POST", "/whip/endpoint/s" + seed, offer, "Content-Type", Http.SDP).statusCode();
    assertThat(status).isIn(201, 400, 422);

    String session = location(http.publish("t" + seed));
    byte[] fragment =
        damaged(
            random, Http.bytes("a=ice-ufrag:EsAw\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host"));
    assertThat(
            http.send("PATCH", session, fragment, "Content-Type", Http.FRAGMENT, "If-Match", "*")
                .statusCode())
        .isIn(200, 204, 400);
  }

  @Test
  void aBrokenConnectionHarmsNobody() throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket
          .getOutputStream()
          .write(
              bytes(
                  "POST /whip/endpoint/studio HTTP/1.1\r\nHost: a\r\n"
                      + "Content-Type: application/sdp\r\nContent-Length: 1000\r\n\r\nv=0"));
    }
    assertThat(http.publish("studio").statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("R10: the server closes a connection whose body does not come")
  void doesNotWaitForABodyThatDoesNotCome() throws IOException {
    String response =
        raw(
            "POST /whip/endpoint/studio HTTP/1.1\r\nHost: a\r\nContent-Type: application/sdp\r\n"
                + "Content-Length: 1000\r\n\r\nv=0");
    assertThat(response).doesNotContain(" 201 ");
  }

  /// Sends bytes as they are, and reads until the server closes.
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(25_000);
      socket.getOutputStream().write(bytes(request));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] damaged(Random random, byte[] body) {
    byte[] damaged = body.clone();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
    }
    return random.nextBoolean()
        ? damaged
        : java.util.Arrays.copyOf(damaged, 1 + random.nextInt(damaged.length));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String without(String attribute) {
    return OFFER.replaceAll(attribute + ":[^\r]*\r\n", "");
  }
}
