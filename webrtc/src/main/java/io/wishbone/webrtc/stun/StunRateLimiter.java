package io.wishbone.webrtc.stun;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/// A token bucket per source in a fixed amount of memory.
public final class StunRateLimiter {

  public StunRateLimiter(int slots, int perSecond, int burst, RandomGenerator random) {}

  /// Takes a token of the source; false when it has none.
  public boolean admits(InetSocketAddress source, long nowNanos) {
    return true;
  }
}
