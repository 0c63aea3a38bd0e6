package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectGrantsTest {

  private static final String SECRET = "a-secret-that-both-clusters-share!";
  private static final Instant NOW = Instant.ofEpochSecond(1_893_456_000L);
  private static final StreamName LIVE = new StreamName("live");
  private static final Caller ALICE =
      new Caller(
          "alice; \"A\" ü",
          "key-1",
          StreamGrants.ALL,
          StreamGrants.ALL,
          true,
          Duration.ofMinutes(5),
          new Credentials.None());

  private final RedirectGrants grants = grants(SECRET, NOW);

  @ParameterizedTest
  @EnumSource
  void letsItsBearerDoOneThingWithOneStream(SessionRole role) {
    Caller bearer = grants.caller(grants.sign(role, LIVE, ALICE));
    assertThat(bearer.subject()).isEqualTo(ALICE.subject());
    assertThat(bearer.key()).isEqualTo(ALICE.key());
    assertThat(bearer.lifetime()).isEqualTo(ALICE.lifetime());
    assertThat(bearer.admin()).isFalse();
    assertThat(bearer.stream(role, null)).isEqualTo(LIVE);
    bearer.check(role, LIVE);
    assertForbidden(bearer, role, new StreamName("other"));
    assertForbidden(
        bearer,
        role == SessionRole.PUBLISHER ? SessionRole.SUBSCRIBER : SessionRole.PUBLISHER,
        LIVE);
  }

  @Test
  void isOfCharactersThatAUrlTakes() {
    assertThat(grants.sign(SessionRole.PUBLISHER, LIVE, ALICE)).matches("[A-Za-z0-9._-]{50,2048}");
  }

  @Test
  void needsNoSubject() {
    Caller nobody = grants.caller(grants.sign(SessionRole.PUBLISHER, LIVE, Caller.ANYBODY));
    assertThat(nobody.subject()).isNull();
    assertThat(nobody.lifetime()).isNull();
  }

  @Test
  void expires() {
    String grant = grants.sign(SessionRole.PUBLISHER, LIVE, ALICE);
    assertThat(grants(SECRET, NOW.plusSeconds(59)).caller(grant).subject()).isNotNull();
    assertInvalid(grants(SECRET, NOW.plusSeconds(61)), grant);
  }

  @Test
  void holdsForNobodyWithAnotherSecret() {
    String grant = grants.sign(SessionRole.PUBLISHER, LIVE, ALICE);
    assertInvalid(grants("a-secret-that-somebody-else-has-it", NOW), grant);
  }

  @Test
  void cannotBeChanged() {
    String grant = grants.sign(SessionRole.PUBLISHER, LIVE, ALICE);
    // The last character of a signature has two bits to spare.
    IntStream.range(0, grant.length() - 1)
        .forEach(i -> {
          char other = grant.charAt(i) == 'A' ? 'B' : 'A';
          assertInvalid(grants, grant.substring(0, i) + other + grant.substring(i + 1));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.b", "e30.", "e30.AAAA", "\r\n", "..", "null"})
  void refusesWhatIsNoGrant(String grant) {
    assertInvalid(grants, grant);
  }

  @Test
  void refusesASecretThatCanBeGuessed() {
    assertThatThrownBy(() -> grants("short", NOW)).hasMessageContaining("32 bytes");
  }

  private static void assertForbidden(Caller bearer, SessionRole role, StreamName stream) {
    assertThatThrownBy(() -> bearer.check(role, stream))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> assertThat(failure.problem().status()).isEqualTo(403));
  }

  private static void assertInvalid(RedirectGrants grants, String grant) {
    assertThatThrownBy(() -> grants.caller(grant))
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> assertThat(failure.problem().status()).isEqualTo(401));
  }

  private static RedirectGrants grants(String secret, Instant now) {
    return new RedirectGrants(secret, Duration.ofSeconds(30), () -> now);
  }
}
