package io.wishbone.signaling.auth;

import static io.wishbone.signaling.auth.TestTokens.assertInvalid;
import static io.wishbone.signaling.auth.TestTokens.claims;
import static io.wishbone.signaling.auth.TestTokens.hmac;
import static io.wishbone.signaling.auth.TestTokens.hmacVerifier;
import static io.wishbone.signaling.auth.TestTokens.part;
import static io.wishbone.signaling.auth.TestTokens.settings;
import static io.wishbone.signaling.auth.TestTokens.signed;
import static io.wishbone.signaling.auth.TestTokens.verified;
import static io.wishbone.signaling.auth.TestTokens.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read from valid tokens.
class TokenClaimsTest {

  private static final StreamName STUDIO = new StreamName("studio");

  @Test
  void readsWhoMayPublishAndPlayWhat() {
    Caller caller =
        verify(
            signed(
                claims()
                    .subject("alice")
                    .claim("publish", List.of("studio"))
                    .claim("play", List.of("studio", "team-*"))));

    assertThat(caller.subject()).isEqualTo("alice");
    caller.check(SessionRole.PUBLISHER, STUDIO);
    caller.check(SessionRole.SUBSCRIBER, new StreamName("team-7"));
    assertThatThrownBy(() -> caller.check(SessionRole.PUBLISHER, new StreamName("team-7")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("do not allow to publish stream team-7");
  }

  @Test
  void aClaimMayBeASingleName() {
    Caller caller = verify(signed(claims().claim("publish", "studio")));
    assertThat(caller.stream(SessionRole.PUBLISHER, null)).isEqualTo(STUDIO);
  }

  @Test
  void aTokenWithoutClaimsAllowsNothing() {
    Caller caller = verify(signed(claims().subject("alice")));
    for (SessionRole role : SessionRole.values()) {
      assertThatThrownBy(() -> caller.check(role, STUDIO)).isInstanceOf(ProblemException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "team-*"})
  void aPatternNamesNoStreamByItself(String pattern) {
    Caller caller = verify(signed(claims().claim("publish", List.of(pattern))));
    assertThatThrownBy(() -> caller.stream(SessionRole.PUBLISHER, null))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void readsClaimsThatTheIssuerCallsOtherwise() {
    var named =
        TokenVerifier.of(
            settings(
                "jwt.publish-claim", "resource_access/wishbone/send",
                "jwt.play-claim", "https://live.example/watch",
                "jwt.admin-claim", "role/operator"));
    Map<String, Object> access = Map.of("wishbone", Map.of("send", List.of("studio")));
    String token =
        signed(
            claims()
                .claim("resource_access", access)
                .claim("https://live.example/watch", "studio team-*")
                .claim("role", Map.of("operator", true))
                .claim("publish", "others"));

    Caller caller = verified(named, token);

    assertThat(caller.publish().patterns()).containsExactly("studio");
    assertThat(caller.play().patterns()).containsExactly("studio", "team-*");
    assertThat(caller.admin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "true", "1"})
  void onlyTrueMakesAnAdministrator(String text) {
    assertThat(verify(signed(claims().claim("admin", text))).admin()).isFalse();
    assertThat(verify(signed(claims())).admin()).isFalse();
    assertThat(verify(signed(claims().claim("admin", true))).admin()).isTrue();
  }

  @Test
  void leavesOutGrantsThatCouldMatchNothing() {
    Caller caller = verify(signed(claims().claim("play", List.of("a/b", "", "**", "ok", "x y"))));
    assertThat(caller.play().patterns()).containsExactly("ok");
  }

  @Test
  void readsHowLongASessionMayLast() {
    assertThat(verify(signed(claims())).lifetime()).isNull();
    assertThat(verify(signed(claims().claim("lifetime", 90))).lifetime())
        .isEqualTo(Duration.ofSeconds(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1e99", "\"90\"", "null", "true", "99999999999"})
  void refusesALifetimeThatIsNone(String value) {
    String body = part("{\"sub\":\"bob\",\"exp\":9999999999,\"lifetime\":" + value + "}");
    assertInvalid(hmacVerifier(), hmac(part("{\"alg\":\"HS256\"}") + "." + body));
  }

  @Test
  void endsSessionsWithTheirTokenWhereThatIsConfigured() {
    var strict = TokenVerifier.of(settings("jwt.expiry-ends-sessions", "true"));
    long now = Instant.now().getEpochSecond();
    assertThat(verified(strict, signed(claims())).lifetime())
        .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
    assertThat(verified(strict, signed(claims().claim("lifetime", 90))).lifetime())
        .isEqualTo(Duration.ofSeconds(90));
    assertInvalid(strict, signed(Jwt.claims().issuedAt(now - 60).expiresAt(now - 10)));
  }
}
