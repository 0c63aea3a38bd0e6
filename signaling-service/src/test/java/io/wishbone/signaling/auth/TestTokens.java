package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.wishbone.signaling.SharedSecret;
import io.wishbone.signaling.SignalingConfig;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Makes tokens that are right, and some that are not, and looks at what a verifier says of them.
final class TestTokens {

  static final KeyPair OURS = keyPair();
  static final KeyPair THEIRS = keyPair();

  private TestTokens() {}

  static Caller verifyHmac(String token) {
    return verified(hmacVerifier(), token);
  }

  static Caller verified(TokenVerifier verifier, String token) {
    try {
      return verify(verifier, token);
    } catch (InvalidTokenException e) {
      throw new AssertionError(e);
    }
  }

  static void assertInvalid(TokenVerifier verifier, String token) {
    assertThatThrownBy(() -> verify(verifier, token)).isInstanceOf(InvalidTokenException.class);
  }

  static Caller verify(String token) {
    return verified(TokenVerifier.of(settings()), token);
  }

  static Caller verify(TokenVerifier verifier, String token) throws InvalidTokenException {
    return verifier.verify(new Credentials.Bearer(token));
  }

  static JwtClaimsBuilder claims() {
    return Jwt.claims().expiresIn(600);
  }

  static String signed(JwtClaimsBuilder claims) {
    return signed(claims, OURS);
  }

  static String signed(JwtClaimsBuilder claims, KeyPair key) {
    return claims.jws().algorithm(SignatureAlgorithm.ES256).sign(key.getPrivate());
  }

  static TokenVerifier hmacVerifier() {
    return TokenVerifier.of(
        AuthSettings.of("jwt.algorithm", "hs256", "jwt.secret", SharedSecret.TEXT).jwt());
  }

  static String hmac(String signedPart) {
    try {
      var mac = javax.crypto.Mac.getInstance("HmacSHA256");
      mac.init(SharedSecret.KEY);
      byte[] signature = mac.doFinal(signedPart.getBytes(StandardCharsets.UTF_8));
      return signedPart + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /// With our key, and what else a test says.
  static SignalingConfig.Jwt settings(String... pairs) {
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
