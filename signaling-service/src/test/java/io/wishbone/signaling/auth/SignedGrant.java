package io.wishbone.signaling.auth;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Grants as another cluster signs them, at any time.
public final class SignedGrant {

  private SignedGrant() {}

  /// To publish a stream, for half a minute from then on.
  public static String toPublish(String stream, String secret, Instant signedAt) {
    return new RedirectGrants(secret, Duration.ofSeconds(30), InstantSource.fixed(signedAt))
        .sign(SessionRole.PUBLISHER, new StreamName(stream), Caller.ANYBODY);
  }
}
