package io.wishbone.signaling.webhooks;

import io.wishbone.signaling.http.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings events to their receiver, once for each call. Blocks.
final class Delivery implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// Nothing but another event can help: not 401, 403 or 404, which an operator mends.
  private static final Set<Integer> REFUSALS = Set.of(400, 409, 410, 413, 415, 422);

  private final URI receiver;
  private final byte @Nullable [] secret;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Delivery(URI receiver, byte @Nullable [] secret, InstantSource clock) {
    this.receiver = receiver;
    this.secret = secret;
    this.clock = clock;
  }

  /// What became of it.
  enum Outcome {
    DELIVERED,
    /// The receiver does not want them, now or ever.
    REFUSED,
    /// To be tried again.
    FAILED
  }

  Outcome send(List<LifecycleNotice> events) throws InterruptedException {
    String body =
        events.stream()
            .map(LifecycleNotice::json)
            .collect(Collectors.joining(",", "{\"events\":[", "]}"));
    var request =
        HttpRequest.newBuilder(receiver)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "wishbone")
            .POST(BodyPublishers.ofString(body));
    if (secret != null) {
      request.header(
          WebhookSignature.HEADER,
          WebhookSignature.of(secret, clock.instant().getEpochSecond(), body));
    }
    try {
      int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return Outcome.DELIVERED;
      }
      return REFUSALS.contains(status) ? Outcome.REFUSED : Outcome.FAILED;
    } catch (IOException _) {
      return Outcome.FAILED;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
