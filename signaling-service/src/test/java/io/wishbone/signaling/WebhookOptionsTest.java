package io.wishbone.signaling;

import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.signaling.auth.Issuer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A server that asks the operator's program about every session. Who asks by OPTIONS which ICE
/// servers there are, and when the operator's program is asked about it.
@QuarkusTest
@TestProfile(WebhookOverHttp.WithWebhook.class)
class WebhookOptionsTest extends WebhookOverHttp {
  private static final Duration SLOW = Duration.ofMillis(300);

  /// So many that an offer among them would wait for a place longer than it may.
  private static final int STRANGERS = 16 * PLACES;

  @Test
  @DisplayName("a flood of OPTIONS of strangers asks nobody, and keeps no offer out")
  void isNotAskedAboutOptionsOfStrangers() throws Exception {
    operator.behave(exchange -> {
      LockSupport.parkNanos(SLOW.toNanos());
      Issuer.respond(exchange, 204, "");
    });
    var isOver = new AtomicBoolean();
    List<Future<Integer>> strangers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STRANGERS; i++) {
        boolean isPreflight = i % 2 == 0;
        strangers.add(threads.submit(() -> flood(isPreflight, isOver)));
      }
      try {
        for (int i = 0; i < 3; i++) {
          assertThat(publish("Bearer x").statusCode()).isIn(201, 409);
        }
      } finally {
        isOver.set(true);
      }
      for (Future<Integer> stranger : strangers) {
        assertThat(stranger.get(20, TimeUnit.SECONDS)).isPositive();
      }
    }
    assertThat(operator.questions())
        .hasSize(3)
        .allMatch(asked -> "x".equals(asked.json().getString("token")));
  }

  /// OPTIONS without credentials, at least one, until it is over; how many.
  private int flood(boolean isPreflight, AtomicBoolean isOver) {
    String[] headers =
        isPreflight
            ? new String[] {
              "Origin", "https://a.example",
              "Access-Control-Request-Method", "POST",
              "Access-Control-Request-Headers", "link"
            }
            : new String[0];
    int sent = 0;
    do {
      var response = http.send("OPTIONS", "/whip/endpoint/studio", headers);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().allValues("Link")).isEmpty();
      sent++;
    } while (!isOver.get());
    return sent;
  }

  @Test
  void isAskedAboutOptionsWithCredentials() {
    operator.answer(200, "{\"subject\":\"curious\"}");
    HttpResponse<String> response = options("/whip/endpoint/studio");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Link"))
        .containsExactly("<stun:stun.example.org>; rel=\"ice-server\"");
    assertThat(operator.questions()).hasSize(1);

    assertThat(options("/whip/endpoint").headers().allValues("Link")).isEmpty();
    assertThat(operator.questions()).describedAs("without a stream").hasSize(1);

    operator.answer(403, "");
    assertThat(options("/whip/endpoint/studio").headers().allValues("Link")).isEmpty();

    operator.answer(200, "{\"subject\":\"curious\"}");
    for (int i = 0; response.statusCode() != 429 && i < 200; i++) {
      response = options("/whip/endpoint/studio");
    }
    assertThat(problem(response, 429)).contains("token");
  }

  private HttpResponse<String> options(String path) {
    return http.send("OPTIONS", path, "Authorization", "Bearer x");
  }
}
