package io.wishbone.webrtc.stats;

/// A point in time as RTCP writes it: seconds since 1900 in the upper 32 bits, fractions of a
/// second in the lower 32 (RFC 3550 section 4).
///
/// Differences are exact to a quarter of a nanosecond and right across the wrap of 2036, as long as
/// the two points are less than 68 years apart.
public record NtpTime(long bits) {

  /// Seconds from 1900 to 1970.
  private static final long UNIX_EPOCH = 2_208_988_800L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /// The time that is `nanos` after the Unix epoch.
  public static NtpTime ofEpochNanos(long nanos) {
    return new NtpTime(UNIX_EPOCH << 32).plusNanos(nanos);
  }

  public NtpTime plusNanos(long nanos) {
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
    return new NtpTime(bits + (seconds << 32) + (rest << 32) / NANOS_PER_SECOND);
  }

  /// The time that many ticks of a clock later; earlier, when negative.
  public NtpTime plusTicks(int ticks, int clockRate) {
    long seconds = Math.floorDiv(ticks, clockRate);
    long rest = Math.floorMod(ticks, clockRate);
    return new NtpTime(bits + (seconds << 32) + (rest << 32) / clockRate);
  }

  /// How many nanoseconds this is after `other`; negative when it is before.
  public long nanosSince(NtpTime other) {
    return ticksSince(other, NANOS_PER_SECOND);
  }

  /// How many ticks of a clock this is after `other`, rounded to the nearest.
  public long ticksSince(NtpTime other, long clockRate) {
    long difference = bits - other.bits;
    long seconds = difference >> 32;
    long fraction = difference & 0xFFFF_FFFFL;
    return seconds * clockRate + ((fraction * clockRate + 0x8000_0000L) >>> 32);
  }

  /// The middle 32 bits, in which report blocks name the last sender report.
  public long middle() {
    return bits >>> 16 & 0xFFFF_FFFFL;
  }
}
