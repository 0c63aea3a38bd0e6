package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.CloseSession;
import io.wishbone.store.SessionRecord;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RevokingOverHttp.WithOperators.class)
class RevocationSpeedTest extends RevokingOverHttp {
  private static final Duration PROMISED = Duration.ofSeconds(1);

  /// The machine may have other things to do for once, not each time.
  private static final int ATTEMPTS = 3;

  @Test
  @DisplayName("a stream with a publisher and 200 viewers is dark within a second")
  void revokesAStreamWithinASecond() {
    assertThat(fastest(this::timeToRevokeACrowd)).isLessThanOrEqualTo(PROMISED);
  }

  @Test
  @DisplayName("whoever publishes 100 streams is silent on all of them within a second")
  void revokesASubjectWithinASecond() {
    assertThat(fastest(this::timeToRevokeASubject)).isLessThanOrEqualTo(PROMISED);
  }

  private static Duration fastest(IntFunction<Duration> attempts) {
    Duration fastest = attempts.apply(0);
    for (int attempt = 1; attempt < ATTEMPTS && fastest.compareTo(PROMISED) > 0; attempt++) {
      fastest = min(fastest, attempts.apply(attempt));
    }
    return fastest;
  }

  private Duration timeToRevokeASubject(int attempt) {
    String subject = "busy-" + attempt;
    for (int i = 0; i < 100; i++) {
      location(publish("busy-" + attempt + "-" + i, token(subject)));
    }

    long begin = System.nanoTime();
    var response = revoke("{\"subject\":\"" + subject + "\"}");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("A subject with 100 sessions was silent after %d ms%n", took.toMillis());

    assertThat(new JsonObject(response.body()).getInteger("ended")).isEqualTo(100);
    assertThat(open()).extracting(SessionRecord::subject).doesNotContain(subject);
    return took;
  }

  private Duration timeToRevokeACrowd(int attempt) {
    String crowded = "studio-" + attempt;
    String other = "other-" + attempt;
    location(publish(crowded, token("alice")));
    for (int i = 0; i < 200; i++) {
      location(play(crowded, token("viewer-" + i)));
    }
    location(publish(other, token("alice")));
    int closed = node.received(CloseSession.class).size();

    long begin = System.nanoTime();
    var response = revoke("{\"stream\":\"" + crowded + "\"}");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    System.out.printf("A stream of 201 sessions was ended in %d ms%n", took.toMillis());

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(new JsonObject(response.body()).getInteger("ended")).isEqualTo(201);
    assertThat(node.received(CloseSession.class)).hasSize(closed + 201);
    assertThat(open())
        .extracting(session -> session.stream().value())
        .contains(other)
        .doesNotContain(crowded);
    refused(publish(crowded, token("alice")));
    return took;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
