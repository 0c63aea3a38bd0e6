package io.wishbone.webrtc.stun;

import java.util.random.RandomGenerator;

/// The 96 bits that tie a response to its request.
///
/// @param high the first 32 bits
/// @param low the other 64
public record TransactionId(int high, long low) {

  /// Outside of simulations `random` is cryptographically strong (RFC 8489 section 5).
  public static TransactionId generate(RandomGenerator random) {
    return new TransactionId(random.nextInt(), random.nextLong());
  }
}
