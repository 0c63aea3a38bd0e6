package io.wishbone.webrtc.bwe;

/// Between what an estimate may move, in bits a second.
public record BitrateLimits(long min, long start, long max) {

  /// From what carries sound to what 4K takes; starts where a low layer does.
  public static final BitrateLimits USUAL = new BitrateLimits(50_000, 300_000, 20_000_000);

  public BitrateLimits {
    if (min <= 0 || start < min || max < start || max > 10_000_000_000L) {
      throw new IllegalArgumentException("limits " + min + ", " + start + ", " + max);
    }
  }
}
