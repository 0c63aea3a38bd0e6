package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.OpenSession;
import io.wishbone.signaling.auth.Issuer;
import io.wishbone.signaling.auth.Operator;
import io.wishbone.store.SessionRecord;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server that asks the operator's program about every session.
@QuarkusTest
@TestProfile(WebhookOverHttp.WithWebhook.class)
class WebhookTest extends WebhookOverHttp {

  @Test
  void saysWhoWantsWhatFromWhere() {
    assertThat(publish("Bearer opaque-token").statusCode()).isEqualTo(201);

    JsonObject asked = operator.questions().getFirst().json();
    assertThat(asked.getString("action")).isEqualTo("publish");
    assertThat(asked.getString("stream")).isEqualTo("studio");
    assertThat(asked.getString("token")).isEqualTo("opaque-token");
    assertThat(asked.getString("remoteAddress")).isEqualTo("127.0.0.1");
    assertThat(asked.getString("query")).isEqualTo("ticket=7&x=%20");
    assertThat(asked.getString("userAgent")).startsWith("Java");
    assertThat(asked.containsKey("subject")).isFalse();
    assertThat(asked.containsKey("key")).isFalse();
  }

  @ParameterizedTest(name = "{0} comes from {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7 | 192.0.2.7",
        "10.9.8.7, 192.0.2.7 | 192.0.2.7",
        "10.9.8.7, 192.0.2.7, 127.0.0.2 | 192.0.2.7",
        "10.9.8.7, nonsense | 127.0.0.1"
      })
  void isNotFooledByWhatAClientWritesIntoXForwardedFor(String header, String client) {
    http.send(
        "POST",
        "/whip/endpoint/studio",
        Http.bytes(RealOffers.minimal("sendonly")),
        "Content-Type",
        Http.SDP,
        "X-Forwarded-For",
        header);
    assertThat(operator.questions().getFirst().json().getString("remoteAddress")).isEqualTo(client);
  }

  @Test
  void countsTheRequestsOfTheSubjectThatTheProgramNames() {
    operator.answer(200, "{\"subject\":\"busy\"}");
    HttpResponse<String> response = publish("Bearer x");
    for (int i = 0; response.statusCode() != 429 && i < 200; i++) {
      response = publish("Bearer x");
    }
    assertThat(problem(response, 429)).contains("token");
    operator.answer(200, "{\"subject\":\"calm\"}");
    assertThat(publish("Bearer x").statusCode()).isNotEqualTo(429);
  }

  @Test
  void passesHttpBasicOn() {
    byte[] pair = "camera:s3cret".getBytes(StandardCharsets.UTF_8);
    publish("Basic " + Base64.getEncoder().encodeToString(pair));
    JsonObject asked = operator.questions().getFirst().json();
    assertThat(asked.getString("user")).isEqualTo("camera");
    assertThat(asked.getString("token")).isEqualTo("s3cret");
  }

  @Test
  void mayLetPeopleInWithoutCredentials() {
    assertThat(publish("Bearer x").statusCode()).isEqualTo(201);
    assertThat(http.play("studio").statusCode()).isEqualTo(201);
    JsonObject asked = operator.questions().getLast().json();
    assertThat(asked.getString("action")).isEqualTo("play");
    assertThat(asked.containsKey("token")).isFalse();
  }

  @Test
  void signsWhatItSends() throws Exception {
    publish("Bearer x");
    Operator.Question asked = operator.questions().getFirst();
    String[] parts = asked.signature().split("[=,]");
    assertThat(parts[0]).isEqualTo("t");
    assertThat(Long.parseLong(parts[1]))
        .isBetween(Instant.now().getEpochSecond() - 10, Instant.now().getEpochSecond());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((parts[1] + "." + asked.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(asked.signature()).endsWith(",v1=" + HexFormat.of().formatHex(expected));
  }

  @Test
  void takesOverWhoItIsAndForHowLong() {
    operator.answer(200, "{\"subject\":\"alice\",\"lifetimeSeconds\":60,\"more\":[1]}");
    assertThat(publish("Bearer x").statusCode()).isEqualTo(201);
    assertThat(sessions.all()).extracting(SessionRecord::subject).containsExactly("alice");
    assertThat(node.received(OpenSession.class).getFirst().lifetime())
        .isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest(name = "{0} {1} is a yes")
  @CsvSource(
      delimiter = '|',
      value = {"200 | ''", "200 | {}", "204 | ''", "201 | {\"subject\":null}"})
  void takesEverySuccessForAYes(int status, String body) {
    operator.answer(status, body);
    assertThat(publish("Bearer x").statusCode()).isEqualTo(201);
  }

  @Test
  void takes401And403ForANo() {
    operator.answer(401, "");
    var unknown = publish("Bearer x");
    problem(unknown, 401);
    assertThat(header(unknown, "WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"wishbone\", error=\"invalid_token\", Basic realm=\"wishbone\","
                + " charset=\"UTF-8\"");
    var nobody = http.publish("studio");
    problem(nobody, 401);
    assertThat(header(nobody, "WWW-Authenticate")).doesNotContain("error");

    operator.answer(403, "{}");
    var forbidden = publish("Bearer x");
    problem(forbidden, 403);
    assertThat(header(forbidden, "WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1} is no answer")
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | nonsense",
        "200 | []",
        "200 | true",
        "200 | {\"subject\":7}",
        "200 | {\"subject\":\"\"}",
        "200 | {\"subject\":\"a\\nb\"}",
        "200 | {\"lifetimeSeconds\":0}",
        "200 | {\"lifetimeSeconds\":\"60\"}",
        "200 | {\"lifetimeSeconds\":-5}",
        "302 | ''",
        "400 | ''",
        "404 | ''",
        "429 | ''",
        "500 | {}"
      })
  void letsNobodyInOnAnythingElse(int status, String body) {
    operator.answer(status, body);
    closed(publish("Bearer x"));
  }

  @Test
  void letsNobodyInOnAHugeAnswer() {
    operator.answer(200, "{\"subject\":\"" + "a".repeat(1_000_000) + "\"}");
    closed(publish("Bearer x"));
  }

  @Test
  void letsNobodyInWhenTheProgramIsNotThere() {
    operator.close();
    closed(publish("Bearer x"));
  }

  @Test
  void followsNoRedirect() {
    try (var elsewhere = new Operator(0)) {
      operator.behave(
          exchange -> Issuer.redirect(exchange, "http://127.0.0.1:" + elsewhere.port() + "/"));
      closed(publish("Bearer x"));
      assertThat(elsewhere.questions()).isEmpty();
    }
  }

  @Test
  void doesNotWaitForASlowProgram() {
    var release = new CountDownLatch(1);
    operator.behave(exchange -> {
      exchange.sendResponseHeaders(200, 2);
      exchange.getResponseBody().flush();
      awaitQuietly(release);
      exchange.close();
    });
    long begin = System.nanoTime();
    closed(publish("Bearer x"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(1900), Duration.ofSeconds(5));
    release.countDown();
  }

  @Test
  void asksAboutAFewAtATime() throws Exception {
    var release = new CountDownLatch(1);
    operator.behave(exchange -> {
      awaitQuietly(release);
      Issuer.respond(exchange, 204, "");
    });
    List<Future<Integer>> callers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        callers.add(threads.submit(() -> publish("Bearer x").statusCode()));
      }
      for (Future<Integer> caller : callers) {
        assertThat(caller.get(20, TimeUnit.SECONDS)).isEqualTo(503);
      }
    }
    release.countDown();
    // The others waited for a place until their own time was over, or got one after the first.
    assertThat(operator.questions()).hasSizeLessThanOrEqualTo(2 * PLACES);
  }

  @Test
  @DisplayName("session URLs are capabilities; the program is not asked there")
  void isNotAskedAboutSessionUrls() {
    String session = location(publish("Bearer x"));
    operator.answer(403, "");
    assertThat(http.send("DELETE", session, "Authorization", "Bearer x").statusCode())
        .isEqualTo(200);
    assertThat(operator.questions()).hasSize(1);
  }

  @Test
  void needsAStreamInThePath() {
    problem(http.post("/whip/endpoint", RealOffers.minimal("sendonly")), 400);
    assertThat(operator.questions()).isEmpty();
  }

  private void closed(HttpResponse<String> response) {
    problem(response, 503);
    assertThat(header(response, "Retry-After")).isNotBlank();
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      var _ = latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
