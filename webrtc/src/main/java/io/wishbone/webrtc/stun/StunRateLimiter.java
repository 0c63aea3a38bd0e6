package io.wishbone.webrtc.stun;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A token bucket per source (address and port) in a fixed amount of memory: what a worker puts in
/// front of STUN from sources that it does not know yet.
///
/// Sources share a slot when their hashes meet. The hash is salted, so that nobody can choose whose
/// slot to drain; to drain them all takes a flood from as many sources as there are slots.
public final class StunRateLimiter {

  private final TokenRate rate;
  private final long salt;
  private final long[] paidUntil;

  /// @param slots 8 bytes each; rounded up to a power of two
  /// @param perSecond messages a second and slot
  /// @param burst messages at once after a pause
  public StunRateLimiter(int slots, int perSecond, int burst, RandomGenerator random) {
    this.rate = TokenRate.of(perSecond, burst);
    this.salt = random.nextLong();
    this.paidUntil = new long[Math.max(2, Integer.highestOneBit(2 * slots - 1))];
    Arrays.fill(paidUntil, TokenRate.NEVER_USED);
  }

  /// Takes a token of the source; false when it has none.
  public boolean admits(InetSocketAddress source, long nowNanos) {
    int slot = (int) hash(source) & (paidUntil.length - 1);
    if (!rate.admits(paidUntil[slot], nowNanos)) {
      return false;
    }
    paidUntil[slot] = rate.spend(paidUntil[slot], nowNanos);
    return true;
  }

  private long hash(InetSocketAddress source) {
    long hash = mix(salt + source.getPort());
    // Of the address itself: the hash code of an IPv6 address is easily met by another one.
    for (byte b : source.getAddress().getAddress()) {
      hash = mix(hash ^ b);
    }
    return hash;
  }

  /// The finalizer of SplitMix64.
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
