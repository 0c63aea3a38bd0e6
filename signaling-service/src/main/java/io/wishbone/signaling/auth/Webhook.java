package io.wishbone.signaling.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The operator's own program, asked by HTTP whether somebody may come in. Only a clear yes is one:
/// whatever goes wrong is a 503, and nobody comes in.
///
/// Threads: the caller's, which waits.
final class Webhook {

  private static final Logger LOG = Logger.getLogger(Webhook.class);
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final int MAX_SUBJECT_LENGTH = 256;
  private static final int RETRY_AFTER_SECONDS = 5;

  private final URI address;
  private final Duration timeout;
  private final byte @Nullable [] secret;
  private final HttpText web;
  private final Semaphore places;
  private final InstantSource clock = InstantSource.system();
  private final JsonMapper json = new JsonMapper();

  Webhook(SignalingConfig.Webhook config) {
    address =
        config
            .url()
            .orElseThrow(
                () -> new IllegalStateException("auth=webhook needs wishbone.webhook.url"));
    timeout = config.timeout();
    secret = config.secret().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    web = new HttpText(timeout, MAX_ANSWER_BYTES);
    places = new Semaphore(config.concurrency(), true);
  }

  /// What the program says of somebody.
  sealed interface Answer {

    /// They may come in.
    ///
    /// @param subject who they are, null when it did not say
    /// @param lifetime how long, null for as long as they like
    record Yes(@Nullable String subject, @Nullable Duration lifetime) implements Answer {}

    /// Their credentials are no good.
    record Unknown() implements Answer {}

    /// They may not do this.
    record Forbidden() implements Answer {}
  }

  /// Asks, and waits for the answer.
  ///
  /// @throws ProblemException 503 when there is no clear answer
  Answer ask(WebhookQuestion question) {
    if (!enter()) {
      LOG.warnf("The webhook has no time: %d requests wait for it", places.getQueueLength());
      throw unavailable();
    }
    try {
      return answer(web.exchange(request(question.json())));
    } catch (IOException failure) {
      LOG.warnf("The webhook gave no answer: %s", failure.getMessage());
      throw unavailable();
    } finally {
      places.release();
    }
  }

  private boolean enter() {
    try {
      return places.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private HttpRequest request(String body) {
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("User-Agent", "wishbone")
            .POST(BodyPublishers.ofString(body));
    if (secret != null) {
      request.header(
          WebhookSignature.HEADER,
          WebhookSignature.of(secret, clock.instant().getEpochSecond(), body));
    }
    return request.build();
  }

  private Answer answer(HttpText.Received received) throws IOException {
    if (received.status() == 401) {
      return new Answer.Unknown();
    }
    if (received.status() == 403) {
      return new Answer.Forbidden();
    }
    if (!received.isSuccess()) {
      throw new IOException("the status is " + received.status());
    }
    return yes(received.text());
  }

  private Answer.Yes yes(String text) throws IOException {
    if (text.isBlank()) {
      return new Answer.Yes(null, null);
    }
    JsonNode object = read(text);
    return new Answer.Yes(
        subject(object.path("subject")), lifetime(object.path("lifetimeSeconds")));
  }

  private JsonNode read(String text) throws IOException {
    try {
      JsonNode object = json.readTree(text);
      if (object.isObject()) {
        return object;
      }
    } catch (JsonProcessingException _) {
      // Its message would repeat the text.
    }
    throw new IOException("it is no JSON object");
  }

  private static @Nullable String subject(JsonNode subject) throws IOException {
    if (subject.isMissingNode() || subject.isNull()) {
      return null;
    }
    String text = subject.isTextual() ? subject.textValue() : "";
    boolean isPlain = text.chars().noneMatch(Character::isISOControl);
    if (text.isBlank() || text.length() > MAX_SUBJECT_LENGTH || !isPlain) {
      throw new IOException("its subject is no text of up to " + MAX_SUBJECT_LENGTH + " letters");
    }
    return text;
  }

  private static @Nullable Duration lifetime(JsonNode seconds) throws IOException {
    if (seconds.isMissingNode() || seconds.isNull()) {
      return null;
    }
    if (!seconds.isIntegralNumber() || !seconds.canConvertToInt() || seconds.intValue() <= 0) {
      throw new IOException("its lifetimeSeconds is no positive number");
    }
    return Duration.ofSeconds(seconds.intValue());
  }

  private static ProblemException unavailable() {
    return ProblemException.unavailable(
        "whoever decides about access cannot be asked now", RETRY_AFTER_SECONDS);
  }
}
