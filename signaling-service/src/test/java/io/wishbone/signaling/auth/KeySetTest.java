package io.wishbone.signaling.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

  private static final Signer EC = Signer.es256("ec");
  private static final Signer RSA = Signer.rs256("rsa");
  private static final Signer ED = Signer.eddsa("ed");

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(TokenAlgorithm.ES256, EC),
        Arguments.of(TokenAlgorithm.RS256, RSA),
        Arguments.of(TokenAlgorithm.EDDSA, ED));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void takesTheKeysOfItsAlgorithmOnly(TokenAlgorithm algorithm, Signer signer)
      throws GeneralSecurityException {
    var keys = KeySet.read(Issuer.jwks(EC, RSA, ED), algorithm);
    assertThat(keys.keys()).extracting(KeySet.Named::id).containsExactly(signer.keyId());
    assertThat(keys.find(new TokenHeader("", null))).containsExactly(signer.pair().getPublic());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void readsPem(TokenAlgorithm algorithm, Signer signer) throws GeneralSecurityException {
    assertThat(KeySet.read(signer.pem(), algorithm).find(new TokenHeader("", "any")))
        .containsExactly(signer.pair().getPublic());
  }

  @Test
  void leavesOutKeysForOtherUses() throws GeneralSecurityException {
    String encryption = EC.jwk().replace("\"use\":\"sig\"", "\"use\":\"enc\"");
    String set = "{\"keys\":[" + encryption + "," + Signer.es256("signs").jwk() + "]}";
    assertThat(KeySet.read(set, TokenAlgorithm.ES256).keys())
        .extracting(KeySet.Named::id)
        .containsExactly("signs");
  }

  @Test
  void findsNothingUnderAnotherName() throws GeneralSecurityException {
    var keys = KeySet.read(Issuer.jwks(EC), TokenAlgorithm.ES256);
    assertThat(keys.find(new TokenHeader("ES256", "other"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":3}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
        "[]",
        "nonsense",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
      })
  void refusesWhatHoldsNoKey(String text) {
    assertThatThrownBy(() -> KeySet.read(text, TokenAlgorithm.ES256))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
