package io.wishbone.webrtc.srtp;

/// The 48-bit packet index: rollover counter, then sequence number.
final class RtpIndex {

  private static final long CYCLE = 1L << 16;
  private static final long HALF_CYCLE = CYCLE / 2;
  private static final long HIGHEST = (1L << 48) - 1;

  private RtpIndex() {}

  static long of(int rolloverCounter, int sequenceNumber) {
    return (rolloverCounter & 0xffff_ffffL) << 16 | sequenceNumber;
  }

  static int rolloverCounter(long index) {
    return (int) (index >>> 16);
  }

  /// The index with this sequence number that is nearest to the highest so far, RFC 3711 section
  /// 3.3.1 and appendix A. There is no index below zero and none above 48 bits, so that close to
  /// either end the nearest is sought on one side only.
  static long nearest(int sequenceNumber, long highest) {
    long index = (highest & -CYCLE) | sequenceNumber;
    if (index - highest > HALF_CYCLE && index >= CYCLE) {
      return index - CYCLE;
    }
    if (highest - index > HALF_CYCLE && index + CYCLE <= HIGHEST) {
      return index + CYCLE;
    }
    return index;
  }
}
