package io.wishbone.webrtc.sim;

import java.util.random.RandomGenerator;

/// Random, except that sequence numbers begin just below their wrap, where no real sender begins
/// (RFC 3711 section 3.3.1): a test that waits for the wrap would last minutes.
record WrappingNumbers(RandomGenerator random, int packetsBefore) implements RandomGenerator {
  @Override
  public long nextLong() {
    return random.nextLong();
  }

  @Override
  public int nextInt(int bound) {
    return bound == 1 << 15 ? (1 << 16) - packetsBefore : random.nextInt(bound);
  }
}
