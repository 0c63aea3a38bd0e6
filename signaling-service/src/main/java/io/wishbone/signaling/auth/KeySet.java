package io.wishbone.signaling.auth;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// Public keys of one algorithm, out of a PEM text (RFC 7468) or a JWK set (RFC 7517 section 5).
/// Keys for other algorithms or other uses, and secret ones, are left out.
record KeySet(List<Named> keys) implements VerificationKeys {

  /// More keys than that are somebody's mistake.
  private static final int MAX_KEYS = 100;

  private static final String KEY_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String KEY_END = "-----END PUBLIC KEY-----";
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

  /// @param id null when the key has none
  record Named(@Nullable String id, PublicKey key) {}

  KeySet {
    keys = List.copyOf(keys);
  }

  /// @throws GeneralSecurityException when there is no key in it that fits
  static KeySet read(String text, TokenAlgorithm algorithm) throws GeneralSecurityException {
    List<Named> keys =
        text.strip().startsWith("{")
            ? fromJson(text, algorithm)
            : List.of(fromPem(text, algorithm));
    List<Named> fitting = keys.stream().filter(named -> algorithm.fits(named.key())).toList();
    if (fitting.isEmpty() || fitting.size() > MAX_KEYS) {
      throw new GeneralSecurityException(
          "there are " + fitting.size() + " keys for " + algorithm.headerValue() + " in it");
    }
    return new KeySet(fitting);
  }

  /// With a key id, the keys of that name, or where keys have no names, all.
  @Override
  public List<PublicKey> find(TokenHeader header) {
    String wanted = header.keyId();
    return keys.stream()
        .filter(named -> wanted == null || named.id() == null || named.id().equals(wanted))
        .map(Named::key)
        .toList();
  }

  private static List<Named> fromJson(String text, TokenAlgorithm algorithm)
      throws GeneralSecurityException {
    try {
      List<Named> keys = new ArrayList<>();
      for (JsonWebKey key : new JsonWebKeySet(text).getJsonWebKeys()) {
        if (isFor(algorithm, key) && key.getKey() instanceof PublicKey shared) {
          keys.add(new Named(key.getKeyId(), shared));
        }
      }
      return keys;
    } catch (JoseException | RuntimeException malformed) {
      throw new GeneralSecurityException("it is no JWK set", malformed);
    }
  }

  private static boolean isFor(TokenAlgorithm algorithm, JsonWebKey key) {
    return (key.getUse() == null || key.getUse().equals("sig"))
        && Objects.requireNonNullElse(key.getAlgorithm(), algorithm.headerValue())
            .toUpperCase(Locale.ROOT)
            .equals(algorithm.headerValue().toUpperCase(Locale.ROOT));
  }

  private static Named fromPem(String text, TokenAlgorithm algorithm)
      throws GeneralSecurityException {
    if (text.contains(CERTIFICATE)) {
      var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(bytes);
      return new Named(null, certificate.getPublicKey());
    }
    int begin = text.indexOf(KEY_BEGIN);
    int end = text.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException(
          "it is neither a JWK set nor PEM with a PUBLIC KEY or a CERTIFICATE");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
      return new Named(
          null,
          KeyFactory.getInstance(algorithm.keyAlgorithm())
              .generatePublic(new X509EncodedKeySpec(der)));
    } catch (IllegalArgumentException malformed) {
      throw new GeneralSecurityException("the PEM is damaged", malformed);
    }
  }
}
