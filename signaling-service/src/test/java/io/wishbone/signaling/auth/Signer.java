package io.wishbone.signaling.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/// A key of an issuer, and its name.
public record Signer(String keyId, SignatureAlgorithm algorithm, KeyPair pair) {

  public static Signer es256(String keyId) {
    return new Signer(keyId, SignatureAlgorithm.ES256, pair("EC", 256));
  }

  public static Signer rs256(String keyId) {
    return new Signer(keyId, SignatureAlgorithm.RS256, pair("RSA", 2048));
  }

  public static Signer eddsa(String keyId) {
    return new Signer(keyId, SignatureAlgorithm.EDDSA, pair("Ed25519", 255));
  }

  /// A token as it stands behind `Bearer`.
  public String sign(JwtClaimsBuilder claims) {
    return claims.jws().algorithm(algorithm).keyId(keyId).sign(pair.getPrivate());
  }

  /// The public part as JWK.
  public String jwk() {
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
      key.setKeyId(keyId);
      key.setUse("sig");
      return key.toJson(OutputControlLevel.PUBLIC_ONLY);
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public part as PEM.
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static KeyPair pair(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
