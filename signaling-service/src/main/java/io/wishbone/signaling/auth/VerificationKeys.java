package io.wishbone.signaling.auth;

import io.wishbone.signaling.http.ProblemException;
import java.security.PublicKey;
import java.util.List;

/// The public keys that tokens may be signed with.
interface VerificationKeys {

  /// Those that the token may mean, best first; empty when there is no such key.
  ///
  /// @throws ProblemException 503 when that cannot be found out now
  List<PublicKey> find(TokenHeader header);

  /// Looks whether they can be had. Called once when the server starts.
  default void warmUp() {}
}
