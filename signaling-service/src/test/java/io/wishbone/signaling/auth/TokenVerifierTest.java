package io.wishbone.signaling.auth;

import static io.wishbone.signaling.auth.TestTokens.assertInvalid;
import static io.wishbone.signaling.auth.TestTokens.claims;
import static io.wishbone.signaling.auth.TestTokens.hmac;
import static io.wishbone.signaling.auth.TestTokens.hmacVerifier;
import static io.wishbone.signaling.auth.TestTokens.part;
import static io.wishbone.signaling.auth.TestTokens.settings;
import static io.wishbone.signaling.auth.TestTokens.signed;
import static io.wishbone.signaling.auth.TestTokens.verify;
import static io.wishbone.signaling.auth.TestTokens.verifyHmac;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which tokens are valid.
class TokenVerifierTest {

  private final TokenVerifier verifier = TokenVerifier.of(settings());

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "undefined", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."})
  void refusesWhatIsNoToken(String token) {
    assertInvalid(verifier, token);
  }

  @Test
  void refusesForeignSignatures() {
    assertInvalid(verifier, signed(claims(), TestTokens.THEIRS));
  }

  @Test
  void refusesTokensThatWereChanged() {
    String[] parts = signed(claims().claim("publish", "studio")).split("\\.");
    String body = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(body.replace("studio", "others").getBytes(StandardCharsets.UTF_8));
    assertInvalid(verifier, parts[0] + "." + forged + "." + parts[2]);
  }

  @Test
  void refusesAnotherAlgorithmThanTheConfiguredOne() {
    String hmac =
        claims()
            .jws()
            .algorithm(SignatureAlgorithm.HS256)
            .sign(new SecretKeySpec(TestTokens.OURS.getPublic().getEncoded(), "HmacSHA256"));
    assertInvalid(verifier, hmac);
  }

  @Test
  void refusesUnsignedTokens() {
    String none =
        part("{\"alg\":\"none\"}")
            + "."
            + part("{\"sub\":\"a\",\"publish\":\"*\",\"exp\":9999999999}")
            + ".";
    assertInvalid(verifier, none);
  }

  @Test
  void allowsHalfAMinuteOfClockSkewAndNoMore() {
    long now = Instant.now().getEpochSecond();
    assertThatCode(() -> verify(signed(Jwt.claims().issuedAt(now - 60).expiresAt(now - 10))))
        .doesNotThrowAnyException();
    assertInvalid(verifier, signed(Jwt.claims().issuedAt(now - 600).expiresAt(now - 60)));
    assertInvalid(verifier, signed(claims().claim("nbf", now + 600)));
  }

  @Test
  void refusesTokensThatNeverExpire() {
    String body = part("{\"sub\":\"a\",\"publish\":\"*\",\"iat\":1}");
    assertInvalid(hmacVerifier(), hmac(part("{\"alg\":\"HS256\"}") + "." + body));
  }

  @Test
  void verifiesSharedSecrets() {
    String body = part("{\"sub\":\"bob\",\"publish\":\"*\",\"iat\":1,\"exp\":9999999999}");
    Caller caller = verifyHmac(hmac(part("{\"alg\":\"HS256\"}") + "." + body));
    assertThat(caller.subject()).isEqualTo("bob");
  }

  @Test
  void takesTokensThatDoNotSayWhenTheyWereIssued() {
    String body = part("{\"sub\":\"bob\",\"publish\":\"*\",\"exp\":9999999999}");
    Caller caller = verifyHmac(hmac(part("{\"alg\":\"HS256\"}") + "." + body));
    assertThat(caller.subject()).isEqualTo("bob");
  }

  @Test
  void checksIssuerAndAudienceWhereTheyAreConfigured() {
    var strict =
        TokenVerifier.of(
            settings("jwt.issuer", "https://issuer.example", "jwt.audience", "wishbone"));
    assertInvalid(strict, signed(claims()));
    assertInvalid(strict, signed(claims().issuer("https://issuer.example")));
    assertInvalid(strict, signed(claims().issuer("https://other.example").audience("wishbone")));
    assertThatCode(() ->
            verify(
                strict,
                signed(
                    claims()
                        .issuer("https://issuer.example")
                        .audience(Set.of("wishbone", "more")))))
        .doesNotThrowAnyException();
  }

  @Test
  void tellsAnExpiredTokenFromAWrongOne() {
    long now = Instant.now().getEpochSecond();
    JwtClaimsBuilder over = Jwt.claims().issuedAt(now - 600).expiresAt(now - 60);
    assertThatThrownBy(() -> verify(verifier, signed(over)))
        .isInstanceOf(ExpiredTokenException.class);
    assertWrong(verifier, signed(over, TestTokens.THEIRS));
    assertWrong(verifier, signed(claims().claim("nbf", now + 600)));
    var forUs = TokenVerifier.of(settings("jwt.audience", "wishbone"));
    assertWrong(forUs, signed(over));
    var strict = TokenVerifier.of(settings("jwt.expiry-ends-sessions", "true"));
    String justOver = signed(Jwt.claims().issuedAt(now - 60).expiresAt(now - 10));
    assertThatThrownBy(() -> verify(strict, justOver)).isInstanceOf(ExpiredTokenException.class);
  }

  private static void assertWrong(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verify(verifier, token))
        .isExactlyInstanceOf(InvalidTokenException.class);
  }

  @Test
  void believesNoKeyThatATokenBringsAlongOrPointsTo() throws Exception {
    try (var theirs = new Issuer()) {
      var forger = Signer.es256("forged");
      theirs.publish(forger);
      for (String header :
          List.of(
              "\"jwk\":" + forger.jwk(),
              "\"jku\":\"" + theirs.url("/jwks") + "\"",
              "\"x5u\":\"" + theirs.url("/jwks") + "\"",
              "\"x5c\":[\"MIIB\"]",
              "\"kid\":\"" + theirs.url("/jwks") + "\"",
              "\"kid\":\"../../etc/passwd\"")) {
        var jws = new JsonWebSignature();
        jws.setPayload("{\"sub\":\"a\",\"publish\":\"*\",\"exp\":9999999999}");
        jws.setKey(forger.pair().getPrivate());
        jws.getHeaders().setFullHeaderAsJsonString("{\"alg\":\"ES256\"," + header + "}");
        assertInvalid(verifier, jws.getCompactSerialization());
      }
      assertThat(theirs.keyRequests()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"kid\":\"k\"}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"kid\":7}",
        "{\"alg\":\"HS256\",\"kid\":\"a b\"}",
        "{\"alg\":\"HS256\",\"kid\":\"\"}",
        "{\"alg\":\"HS256\",\"kid\":\"line\\n\"}",
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
        "{\"alg\":\"hs256\"}",
        "{\"alg\":[\"HS256\"]}",
        "{\"typ\":\"JWT\"}",
        "[]"
      })
  void takesOnlyPlainHeaders(String header) {
    String token = hmac(part(header) + "." + part("{\"sub\":\"bob\",\"exp\":9999999999}"));
    if (header.contains("\"k\"")) {
      assertThat(verifyHmac(token).subject()).isEqualTo("bob");
    } else {
      assertInvalid(hmacVerifier(), token);
    }
  }
}
