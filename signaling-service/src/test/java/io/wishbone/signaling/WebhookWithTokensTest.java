package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.OpenSession;
import io.wishbone.signaling.auth.Operator;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.SessionRecord;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that looks at tokens and keys first, and asks the operator's program then.
@QuarkusTest
@TestProfile(SecretsInLogTest.WithSecrets.class)
class WebhookWithTokensTest extends OverHttp {

  private static final String CAMERA = "Bearer camera.0123456789abcdefghijklmnopqrstuv";

  @ConfigProperty(name = "wishbone.webhook.url")
  URI webhook;

  @Inject RevocationStore revocations;

  private Operator operator;

  @BeforeEach
  void start() {
    operator = new Operator(webhook.getPort());
    operator.answer(200, "{\"subject\":\"somebody\"}");
  }

  @AfterEach
  void stop() {
    operator.close();
    for (RevocationRecord revocation : revocations.all()) {
      revocations.remove(revocation.id());
    }
  }

  @Test
  void keepsTheSubjectOfATokenSoThatItCanBeRevoked() {
    location(publish(token()));
    assertThat(operator.questions().getFirst().json().getString("subject")).isEqualTo("alice");
    assertThat(sessions.all()).extracting(SessionRecord::subject).containsExactly("alice");

    revoke("alice");
    problem(publish(token()), 403);
    assertThat(node.received(OpenSession.class)).hasSize(1);
  }

  @Test
  void namesWhoUsesAKeyThatIsStillKnownByItsId() {
    location(publish(CAMERA));
    assertThat(sessions.all()).extracting(SessionRecord::subject).containsExactly("somebody");
    assertThat(sessions.all()).extracting(SessionRecord::key).containsExactly("camera");

    revoke("somebody");
    problem(publish(CAMERA), 403);
  }

  private void revoke(String subject) {
    Instant now = Instant.now();
    revocations.put(
        new RevocationRecord(RevocationKind.SUBJECT, subject, now, now.plusSeconds(60)));
  }

  private HttpResponse<String> publish(String authorization) {
    return http.post("/whip/endpoint/studio", RealOffers.minimal("sendonly"), authorization);
  }

  private static String token() {
    return "Bearer "
        + Jwt.subject("alice").claim("publish", "studio").expiresIn(600).sign(SharedSecret.KEY);
  }
}
