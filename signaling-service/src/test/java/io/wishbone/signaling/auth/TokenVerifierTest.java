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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logmanager.ExtLogRecord;
import org.jose4j.jws.JsonWebSignature;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

  private static final KeyPair OURS = keyPair();
  private static final KeyPair THEIRS = keyPair();
  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";
  private static final StreamName STUDIO = new StreamName("studio");

  private final TokenVerifier verifier = TokenVerifier.of(settings());

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
    assertWrong(verifier, signed(over, THEIRS));
    assertWrong(verifier, signed(claims().claim("nbf", now + 600)));
    var forUs = TokenVerifier.of(settings("jwt.audience", "wishbone"));
    assertWrong(forUs, signed(over));
    var strict = TokenVerifier.of(settings("jwt.expiry-ends-sessions", "true"));
    String justOver = signed(Jwt.claims().issuedAt(now - 60).expiresAt(now - 10));
    assertThatThrownBy(() -> verify(strict, justOver)).isInstanceOf(ExpiredTokenException.class);
  }

  @Test
  void warnsWhenWhoeverHasATokenOfTheIssuerComesIn() {
    try (var issuer = new Issuer()) {
      assertThat(warnings(issuer.name(), null)).singleElement().asString().contains("jwt.audience");
      assertThat(warnings(null, issuer.url("/jwks")))
          .singleElement()
          .asString()
          .contains("wishbone.jwt.audience is not set");
      assertThat(warnings(issuer.name(), null, "jwt.audience", "wishbone")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://",
        "https:///jwks",
        "https://keys example.org/",
        "http://keys.example.org/a b",
        "https://keys_example/",
        "https://keys.example.org:99999/",
        "HTTPS://[::1/jwks"
      })
  void doesNotStartWithAMalformedAddress(String address) {
    assertThatThrownBy(() -> TokenVerifier.of(AuthSettings.of("jwt.key-location", address).jwt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("wishbone.jwt.key-location begins like a URL, but is malformed");
    assertThatThrownBy(() -> TokenVerifier.of(AuthSettings.of("jwt.issuer", address).jwt()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("wishbone.jwt.issuer begins like a URL, but is malformed");
  }

  /// What the log says at start that is not about reading the keys.
  private static List<String> warnings(
      @Nullable String issuer, @Nullable String keys, String... more) {
    List<String> pairs = new ArrayList<>(List.of(more));
    pairs.addAll(issuer == null ? List.of() : List.of("jwt.issuer", issuer));
    pairs.addAll(keys == null ? List.of() : List.of("jwt.key-location", keys));
    List<String> lines = new CopyOnWriteArrayList<>();
    var reader =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger log = Logger.getLogger(TokenVerifier.class.getName());
    log.addHandler(reader);
    try {
      TokenVerifier.of(AuthSettings.of(pairs.toArray(String[]::new)).jwt());
    } finally {
      log.removeHandler(reader);
    }
    return lines;
  }

  private static void assertWrong(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verify(verifier, token))
        .isExactlyInstanceOf(InvalidTokenException.class);
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

  @Test
  void doesNotStartWithoutKeys() {
    for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
      assertThatThrownBy(() ->
              TokenVerifier.of(
                  AuthSettings.of("jwt.algorithm", algorithm.name().toLowerCase(Locale.ROOT))
                      .jwt()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("wishbone.jwt");
    }
  }

  private static Caller verifyHmac(String token) {
    return verified(hmacVerifier(), token);
  }

  private static Caller verified(TokenVerifier verifier, String token) {
    try {
      return verify(verifier, token);
    } catch (InvalidTokenException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertInvalid(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verify(verifier, token)).isInstanceOf(InvalidTokenException.class);
  }

  private Caller verify(String token) {
    return verified(verifier, token);
  }

  private static Caller verify(TokenVerifier verifier, String token) throws InvalidTokenException {
    return verifier.verify(new Credentials.Bearer(token));
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
    return TokenVerifier.of(AuthSettings.of("jwt.algorithm", "hs256", "jwt.secret", SECRET).jwt());
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

  /// With our key, and what else a test says.
  private static SignalingConfig.Jwt settings(String... pairs) {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(OURS.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";
    List<String> all = new ArrayList<>(List.of("jwt.key", pem));
    all.addAll(List.of(pairs));
    return AuthSettings.of(all.toArray(String[]::new)).jwt();
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
