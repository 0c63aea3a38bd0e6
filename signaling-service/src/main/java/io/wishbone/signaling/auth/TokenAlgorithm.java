package io.wishbone.signaling.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/// How tokens are signed. Exactly one algorithm is accepted, whatever a token's header says.
public enum TokenAlgorithm {
  ES256(SignatureAlgorithm.ES256, "EC"),
  RS256(SignatureAlgorithm.RS256, "RSA"),
  EDDSA(SignatureAlgorithm.EDDSA, "EdDSA"),
  HS256(SignatureAlgorithm.HS256, "HmacSHA256");

  private static final int P_256_BITS = 256;

  private final SignatureAlgorithm signature;
  private final String keyAlgorithm;

  TokenAlgorithm(SignatureAlgorithm signature, String keyAlgorithm) {
    this.signature = signature;
    this.keyAlgorithm = keyAlgorithm;
  }

  SignatureAlgorithm signature() {
    return signature;
  }

  /// What the Java platform calls the kind of key.
  String keyAlgorithm() {
    return keyAlgorithm;
  }

  /// As it stands in the header of a token (RFC 7518 section 3.1).
  String headerValue() {
    return signature.getAlgorithm();
  }

  /// Whether signatures of this algorithm can be verified by this key.
  boolean fits(PublicKey key) {
    return switch (this) {
      case ES256 ->
          key instanceof ECPublicKey ec
              && ec.getParams().getCurve().getField().getFieldSize() == P_256_BITS;
      case RS256 -> key instanceof RSAPublicKey;
      case EDDSA -> key instanceof EdECPublicKey;
      case HS256 -> false;
    };
  }
}
