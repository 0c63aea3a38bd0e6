package io.wishbone.webrtc.srtp.backend;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Function;

/// A key in native memory for as long as a library needs to make its own of it, then wiped.
final class NativeKey {
  private NativeKey() {}

  static <T> T with(byte[] secret, Function<MemorySegment, T> use) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocate(secret.length);
      MemorySegment.copy(secret, 0, key, ValueLayout.JAVA_BYTE, 0, secret.length);
      try {
        return use.apply(key);
      } finally {
        key.fill((byte) 0);
        Arrays.fill(secret, (byte) 0);
      }
    }
  }
}
