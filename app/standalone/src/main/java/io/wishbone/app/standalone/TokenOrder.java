package io.wishbone.app.standalone;

import io.wishbone.app.program.Quoted;
import io.wishbone.app.program.StartRefusedException;
import io.wishbone.app.program.kind.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/// A token for development, as `wishbone token` makes it.
///
/// @param ttl how long it opens sessions
record TokenOrder(Grants grants, String subject, Duration ttl) {

  private static final String SUBJECT = "--subject";
  private static final String TTL = "--ttl";
  private static final Time TIMES = new Time(Duration.ofSeconds(1), Duration.ofDays(365));

  static TokenOrder read(List<String> words) throws StartRefusedException {
    Grants grants = Grants.read(words, Set.of(SUBJECT, TTL));
    String ttl = grants.others().getOrDefault(TTL, "1h");
    if (!TIMES.accepts(ttl)) {
      throw StartRefusedException.wrongUse(
          TTL + " is " + Quoted.of(ttl) + ", but has to be " + TIMES.allowed());
    }
    return new TokenOrder(
        grants, grants.others().getOrDefault(SUBJECT, "developer"), Time.read(ttl));
  }

  String sign(LocalKey key, Instant now) throws StartRefusedException {
    var claims = new JwtClaims();
    claims.setSubject(subject);
    claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(now.plus(ttl).getEpochSecond()));
    if (!grants.publish().isEmpty()) {
      claims.setClaim("publish", grants.publish());
    }
    if (!grants.play().isEmpty()) {
      claims.setClaim("play", grants.play());
    }
    if (grants.admin()) {
      claims.setClaim("admin", true);
    }
    var token = new JsonWebSignature();
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    token.setKeyIdHeaderValue(key.key().getKeyId());
    token.setKey(key.privateKey());
    token.setPayload(claims.toJson());
    try {
      return token.getCompactSerialization();
    } catch (JoseException failure) {
      throw StartRefusedException.notPossible(
          "the token cannot be signed with the key in " + key.file(), failure);
    }
  }
}
