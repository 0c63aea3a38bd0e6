package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The life of a session over HTTP, with signalling and a media node behind it.
class WhipSessionIT {

  @RegisterExtension static final RunningServer server = RunningServer.with();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void closeClient() {
    CLIENT.close();
  }

  @Test
  void opensTricklesAndDeletes() throws IOException, InterruptedException {
    String offer = Offers.read("chromium156-whip-vp8-only.offer.sdp");
    HttpResponse<String> opened = send("POST", server.whip("live"), "application/sdp", offer);
    assertThat(opened.statusCode()).isEqualTo(201);
    assertThat(header(opened, "Content-Type")).isEqualTo("application/sdp");
    assertThat(opened.body())
        .contains("a=ice-lite", " udp ", " 127.0.0.1 " + server.mediaPort() + " typ host");

    String fragment =
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"
                .formatted(attribute(offer, "ice-ufrag"), attribute(offer, "ice-pwd"))
            + "a=candidate:1 1 udp 2122260223 127.0.0.1 50000 typ host\r\n";
    URI session = server.console().resolve(header(opened, "Location"));
    HttpResponse<String> trickled =
        send(
            "PATCH",
            session,
            "application/trickle-ice-sdpfrag",
            fragment,
            "If-Match",
            header(opened, "ETag"));
    assertThat(trickled.statusCode()).isEqualTo(204);
    assertThat(trickled.headers().firstValue("ETag")).isEmpty();

    assertThat(send("DELETE", session, "text/plain", "").statusCode()).isEqualTo(200);
    assertThat(send("POST", server.whip("live"), "application/sdp", offer).statusCode())
        .isEqualTo(201);
  }

  @Test
  void refusesToPlayAStreamThatIsNotThere() throws IOException, InterruptedException {
    String offer = Offers.read("chromium156-whep-recvonly.offer.sdp");
    HttpResponse<String> refused = send("POST", server.whep("nobody"), "application/sdp", offer);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(header(refused, "Retry-After")).isNotEmpty();
  }

  private static HttpResponse<String> send(
      String method, URI uri, String type, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", type);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static String attribute(String sdp, String name) {
    return sdp.lines()
        .filter(line -> line.startsWith("a=" + name + ":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }
}
