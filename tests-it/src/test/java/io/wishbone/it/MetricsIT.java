package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A session URL is a capability: whoever reads the metrics may not learn it.
class MetricsIT {

  @RegisterExtension static final RunningServer server = RunningServer.with();

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "GET", "HEAD", "OPTIONS", "PATCH", "TRACE", "FOO", "DELETE"})
  void tellNoSessionIds(String method) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI session = open(client, "metrics-" + method);
      HttpResponse<String> answer = send(client, method, session, "a=x\r\n");
      assertThat(answer.statusCode()).isLessThan(500);
      String id = session.getPath().substring(session.getPath().lastIndexOf('/') + 1);
      assertThat(metrics(client)).contains("http_server_requests").doesNotContain(id);
    }
  }

  @Test
  void tellNoPathsThatClientsMakeUp() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      send(client, "GET", server.console().resolve("/made-up-7351/x"), "");
      send(client, "GET", server.console().resolve("/whip/made-up-7351"), "");
      send(client, "POST", server.whip("made-up-7351"), "v=0");
      assertThat(metrics(client)).doesNotContain("made-up-7351");
    }
  }

  private static URI open(HttpClient client, String stream)
      throws IOException, InterruptedException {
    HttpResponse<String> opened =
        send(
            client,
            "POST",
            server.whip(stream),
            Offers.read("chromium156-whip-vp8-only.offer.sdp"));
    assertThat(opened.statusCode()).isEqualTo(201);
    return URI.create(opened.headers().firstValue("Location").orElse(""));
  }

  private static HttpResponse<String> send(HttpClient client, String method, URI uri, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/sdp")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String metrics(HttpClient client) throws IOException, InterruptedException {
    return send(client, "GET", server.console().resolve("q/metrics"), "").body();
  }
}
