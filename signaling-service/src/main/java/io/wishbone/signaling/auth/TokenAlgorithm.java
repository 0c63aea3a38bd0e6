package io.wishbone.signaling.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;

/// How tokens are signed. Exactly one algorithm is accepted, whatever a token's header says.
public enum TokenAlgorithm {
  ES256(SignatureAlgorithm.ES256),
  RS256(SignatureAlgorithm.RS256),
  EDDSA(SignatureAlgorithm.EDDSA),
  HS256(SignatureAlgorithm.HS256);

  private final SignatureAlgorithm signature;

  TokenAlgorithm(SignatureAlgorithm signature) {
    this.signature = signature;
  }

  SignatureAlgorithm signature() {
    return signature;
  }
}
