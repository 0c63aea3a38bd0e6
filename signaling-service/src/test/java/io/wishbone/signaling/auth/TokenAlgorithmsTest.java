package io.wishbone.signaling.auth;

import static io.wishbone.signaling.auth.TestTokens.assertInvalid;
import static io.wishbone.signaling.auth.TestTokens.claims;
import static io.wishbone.signaling.auth.TestTokens.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.SessionRole;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every algorithm with a public key, from a PEM and from a JWK set: the real bearer comes in, and
/// forgers do not.
class TokenAlgorithmsTest {

  private static final List<Signer> OURS = signers();
  private static final List<Signer> THEIRS = signers();

  private static List<Signer> signers() {
    return List.of(Signer.es256("key-1"), Signer.rs256("key-1"), Signer.eddsa("key-1"));
  }

  static Stream<Arguments> keys() {
    return OURS.stream()
        .flatMap(signer ->
            Stream.of(
                Arguments.of(signer.algorithm().name(), "PEM", signer, signer.pem()),
                Arguments.of(
                    signer.algorithm().name(),
                    "JWK set",
                    signer,
                    Issuer.jwks(OURS.toArray(Signer[]::new)))));
  }

  private static TokenVerifier verifier(Signer signer, String key) {
    String algorithm = signer.algorithm().name().toLowerCase(Locale.ROOT);
    return TokenVerifier.of(AuthSettings.of("jwt.algorithm", algorithm, "jwt.key", key).jwt());
  }

  private static String token(Signer signer) {
    return signer.sign(claims().subject("alice").claim("publish", "studio"));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("keys")
  void letInWhoIsSigned(String algorithm, String form, Signer signer, String key) {
    Caller caller = verified(verifier(signer, key), token(signer));
    assertThat(caller.subject()).isEqualTo("alice");
    assertThat(caller.stream(SessionRole.PUBLISHER, null).value()).isEqualTo("studio");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("keys")
  void refuseOtherKeysUnderTheSameName(String algorithm, String form, Signer signer, String key) {
    TokenVerifier verifier = verifier(signer, key);
    for (Signer forger : THEIRS) {
      assertInvalid(verifier, token(forger));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("keys")
  void refuseOurKeysOfOtherAlgorithms(String algorithm, String form, Signer signer, String key) {
    TokenVerifier verifier = verifier(signer, key);
    for (Signer other : OURS) {
      if (other != signer) {
        assertInvalid(verifier, token(other));
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("keys")
  void refuseWhatWasChanged(String algorithm, String form, Signer signer, String key) {
    TokenVerifier verifier = verifier(signer, key);
    String[] parts = token(signer).split("\\.");
    String body = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String others = TestTokens.part(body.replace("studio", "others"));
    assertThat(others).isNotEqualTo(parts[1]);
    assertInvalid(verifier, parts[0] + "." + others + "." + parts[2]);
    for (int position : new int[] {0, 31, 63}) {
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      signature[position] ^= 1;
      String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
      assertInvalid(verifier, parts[0] + "." + parts[1] + "." + changed);
    }
    assertInvalid(verifier, parts[0] + "." + parts[1] + ".");
  }
}
