package io.wishbone.webrtc.rtp;

/// Arithmetic on 32-bit RTP timestamps, which wrap around (RFC 3550 section 5.1).
public final class RtpTimestamps {

  private static final long MASK = 0xFFFF_FFFFL;

  private RtpTimestamps() {}

  /// Whether `a` comes after `b`, assuming that they are less than half the circle apart.
  public static boolean isNewer(long a, long b) {
    long ahead = (a - b) & MASK;
    return ahead != 0 && ahead < 0x8000_0000L;
  }

  /// How far `a` is ahead of `b`, in clock ticks; negative when `a` is the older one.
  public static int distance(long a, long b) {
    return (int) (a - b);
  }

  /// The timestamp that many ticks after `timestamp` (before it, when negative).
  public static long plus(long timestamp, long ticks) {
    return (timestamp + ticks) & MASK;
  }
}
