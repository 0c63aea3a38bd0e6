package io.wishbone.webrtc.rtp;

/// Arithmetic on 16-bit sequence numbers, which wrap around from 65535 to 0 (RFC 1982, RFC 3550
/// section 5.1).
///
/// Of two numbers that are exactly half the circle apart, neither is newer.
public final class SequenceNumbers {

  private SequenceNumbers() {}

  /// Whether `a` comes after `b`, assuming that they are less than half the circle apart.
  public static boolean isNewer(int a, int b) {
    int ahead = (a - b) & 0xFFFF;
    return ahead != 0 && ahead < 0x8000;
  }

  /// How far `a` is ahead of `b`: -32768 to 32767, negative when `a` is the older one.
  public static int distance(int a, int b) {
    return (short) (a - b);
  }

  /// The number that many steps after `sequenceNumber` (before it, when negative).
  public static int plus(int sequenceNumber, int steps) {
    return (sequenceNumber + steps) & 0xFFFF;
  }
}
