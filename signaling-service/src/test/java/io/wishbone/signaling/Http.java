package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// A client that sends exactly what it is told.
final class Http {

  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private final URI base;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Http(URI base) {
    this.base = base;
  }

  /// @param headers names and values in turn
  HttpResponse<String> send(String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<String> send(String method, String path, String... headers) {
    return send(method, path, new byte[0], headers);
  }

  HttpResponse<String> post(String path, String offer) {
    return send("POST", path, bytes(offer), "Content-Type", SDP);
  }

  HttpResponse<String> post(String path, String offer, String authorization) {
    return send("POST", path, bytes(offer), "Content-Type", SDP, "Authorization", authorization);
  }

  HttpResponse<String> publish(String stream) {
    return post("/whip/endpoint/" + stream, RealOffers.minimal("sendonly"));
  }

  HttpResponse<String> play(String stream) {
    return post("/whep/endpoint/" + stream, RealOffers.minimal("recvonly"));
  }

  HttpResponse<String> patch(String session, String ifMatch, String fragment) {
    return send("PATCH", session, bytes(fragment), "Content-Type", FRAGMENT, "If-Match", ifMatch);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static String location(HttpResponse<?> response) {
    assertThat(response.statusCode()).isEqualTo(201);
    return header(response, "Location");
  }

  /// The detail of a problem, after a look at the rest of it.
  static String problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(status);
    assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    JsonObject problem = new JsonObject(response.body());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("title")).isNotBlank();
    return problem.getString("detail");
  }
}
