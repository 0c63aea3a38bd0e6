package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final KeyPair OURS = keyPair();
  private static final KeyPair THEIRS = keyPair();
  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";
  private static final StreamName STUDIO = new StreamName("studio");

  private final TokenVerifier verifier = new TokenVerifier(settings(null, null));

  private record Settings(
      TokenAlgorithm algorithm,
      Optional<String> key,
      Optional<String> keyLocation,
      Optional<String> secret,
      Optional<String> issuer,
      Optional<String> audience)
      implements SignalingConfig.Jwt {}

  @Test
  void readsWhoMayPublishAndPlayWhat() {
    Caller caller =
        verifier.verify(
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
        .hasMessageContaining("does not allow to publish stream team-7");
  }

  @Test
  void aClaimMayBeASingleName() {
    Caller caller = verifier.verify(signed(claims().claim("publish", "studio")));
    assertThat(caller.stream(SessionRole.PUBLISHER, null)).isEqualTo(STUDIO);
  }

  @Test
  void aTokenWithoutClaimsAllowsNothing() {
    Caller caller = verifier.verify(signed(claims().subject("alice")));
    for (SessionRole role : SessionRole.values()) {
      assertThatThrownBy(() -> caller.check(role, STUDIO)).isInstanceOf(ProblemException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "team-*"})
  void aPatternNamesNoStreamByItself(String pattern) {
    Caller caller = verifier.verify(signed(claims().claim("publish", List.of(pattern))));
    assertThatThrownBy(() -> caller.stream(SessionRole.PUBLISHER, null))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "undefined", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0."})
  void refusesWhatIsNoToken(String token) {
    assertInvalid(verifier, token);
  }

  @Test
  void refusesForeignSignatures() {
    assertInvalid(verifier, signed(claims(), THEIRS));
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
            .sign(new SecretKeySpec(OURS.getPublic().getEncoded(), "HmacSHA256"));
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
    assertThatCode(
            () -> verifier.verify(signed(Jwt.claims().issuedAt(now - 60).expiresAt(now - 10))))
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
    Caller caller = hmacVerifier().verify(hmac(part("{\"alg\":\"HS256\"}") + "." + body));
    assertThat(caller.subject()).isEqualTo("bob");
  }

  @Test
  void takesTokensThatDoNotSayWhenTheyWereIssued() {
    String body = part("{\"sub\":\"bob\",\"publish\":\"*\",\"exp\":9999999999}");
    Caller caller = hmacVerifier().verify(hmac(part("{\"alg\":\"HS256\"}") + "." + body));
    assertThat(caller.subject()).isEqualTo("bob");
  }

  @Test
  void checksIssuerAndAudienceWhereTheyAreConfigured() {
    var strict = new TokenVerifier(settings("https://issuer.example", "wishbone"));
    assertInvalid(strict, signed(claims()));
    assertInvalid(strict, signed(claims().issuer("https://issuer.example")));
    assertInvalid(strict, signed(claims().issuer("https://other.example").audience("wishbone")));
    assertThatCode(() ->
            strict.verify(
                signed(
                    claims()
                        .issuer("https://issuer.example")
                        .audience(Set.of("wishbone", "more")))))
        .doesNotThrowAnyException();
  }

  @Test
  void doesNotStartWithoutKeys() {
    for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
      assertThatThrownBy(() -> new TokenVerifier(keyless(algorithm)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wishbone.jwt");
    }
  }

  private static void assertInvalid(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOf(ProblemException.class)
        .extracting(failure -> ((ProblemException) failure).problem().status())
        .isEqualTo(401);
  }

  private static JwtClaimsBuilder claims() {
    return Jwt.claims().expiresIn(600);
  }

  private static String signed(JwtClaimsBuilder claims) {
    return signed(claims, OURS);
  }

  private static String signed(JwtClaimsBuilder claims, KeyPair key) {
    return claims.jws().algorithm(SignatureAlgorithm.ES256).sign(key.getPrivate());
  }

  private static TokenVerifier hmacVerifier() {
    return new TokenVerifier(
        new Settings(
            TokenAlgorithm.HS256,
            Optional.empty(),
            Optional.empty(),
            Optional.of(SECRET),
            Optional.empty(),
            Optional.empty()));
  }

  private static String hmac(String signedPart) {
    try {
      var mac = javax.crypto.Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(signedPart.getBytes(StandardCharsets.UTF_8));
      return signedPart + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Settings settings(@Nullable String issuer, @Nullable String audience) {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(OURS.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";
    return new Settings(
        TokenAlgorithm.ES256,
        Optional.of(pem),
        Optional.empty(),
        Optional.empty(),
        Optional.ofNullable(issuer),
        Optional.ofNullable(audience));
  }

  private static Settings keyless(TokenAlgorithm algorithm) {
    return new Settings(
        algorithm,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static KeyPair keyPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
