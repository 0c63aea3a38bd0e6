package io.wishbone.client.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Opens and ends sessions on a WHIP or WHEP endpoint. Thread-safe.
public final class SignalingClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(8);
  private static final int MAX_REDIRECTS = 5;

  private final HttpClient http;
  private final @Nullable String token;

  /// @param token sent as `Authorization: Bearer`; without one, no such header is sent
  public SignalingClient(@Nullable String token) {
    this.token = token;
    this.http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  }

  /// POSTs an offer. A 307 or 308 is followed, the token sent along.
  ///
  /// @throws SignalingException when there is no 201, or no answer and Location in it
  public Opened open(URI endpoint, String offer) throws SignalingException, InterruptedException {
    URI target = endpoint;
    for (int i = 0; i <= MAX_REDIRECTS; i++) {
      HttpRequest request =
          request(target)
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString(offer))
              .build();
      HttpResponse<String> response = send(request);
      if (response.statusCode() != 307 && response.statusCode() != 308) {
        return opened(target, response);
      }
      target = target.resolve(required(response, "Location"));
    }
    throw new SignalingException(0, -1, "more than " + MAX_REDIRECTS + " redirects");
  }

  private static Opened opened(URI target, HttpResponse<String> response)
      throws SignalingException {
    if (response.statusCode() != 201) {
      throw refusal(response);
    }
    return new Opened(
        response.body(),
        target.resolve(required(response, "Location")),
        response.headers().firstValue("ETag").orElse(null));
  }

  /// Ends a session.
  ///
  /// @throws SignalingException when the server says anything but that it is over
  public void end(URI session) throws SignalingException, InterruptedException {
    HttpResponse<String> response = send(request(session).DELETE().build());
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
  }

  private HttpRequest.Builder request(URI target) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(target).timeout(TIMEOUT);
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }

  private HttpResponse<String> send(HttpRequest request)
      throws SignalingException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new SignalingException(
          0, -1, request.method() + " " + request.uri() + " got no response: " + e);
    }
  }

  private static String required(HttpResponse<String> response, String header)
      throws SignalingException {
    return response
        .headers()
        .firstValue(header)
        .orElseThrow(() ->
            new SignalingException(
                response.statusCode(), -1, response.statusCode() + " without " + header));
  }

  private static SignalingException refusal(HttpResponse<String> response) {
    int retryAfter =
        response.headers().firstValue("Retry-After").map(SignalingClient::seconds).orElse(-1);
    String body = response.body().strip();
    String detail = body.length() > 500 ? body.substring(0, 500) + "..." : body;
    return new SignalingException(
        response.statusCode(),
        retryAfter,
        "%d from %s: %s".formatted(response.statusCode(), response.uri(), detail));
  }

  private static int seconds(String value) {
    return value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
  }

  @Override
  public void close() {
    http.close();
  }
}
