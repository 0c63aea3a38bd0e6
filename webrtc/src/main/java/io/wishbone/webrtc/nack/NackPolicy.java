package io.wishbone.webrtc.nack;

/// How a [NackGenerator] asks.
///
/// @param reorderNanos a missing packet is not asked for before this: it may just be late. Grows by
///   itself, up to four times, on a path that reorders more
/// @param minRetryNanos the least time between two requests for a packet, when the round trip is
///   shorter
/// @param firstRetryNanos time between two requests while the round trip is unknown
/// @param maxRequests requests for a packet before it is given up
/// @param maxAgeNanos time after which a missing packet is given up
/// @param maxMissing packets waited for at a time
/// @param maxGap a gap of more packets is a break in the stream that is not repaired
public record NackPolicy(
    long reorderNanos,
    long minRetryNanos,
    long firstRetryNanos,
    int maxRequests,
    long maxAgeNanos,
    int maxMissing,
    int maxGap) {

  private static final long MILLISECOND = 1_000_000;

  /// As long as a viewer that buffers a second could still use the packet.
  public static final NackPolicy VIDEO =
      new NackPolicy(
          5 * MILLISECOND, 15 * MILLISECOND, 80 * MILLISECOND, 20, 1000 * MILLISECOND, 1000, 800);

  /// Sound is concealed rather than waited for.
  public static final NackPolicy AUDIO =
      new NackPolicy(
          20 * MILLISECOND, 20 * MILLISECOND, 80 * MILLISECOND, 5, 300 * MILLISECOND, 64, 50);

  public NackPolicy {
    if (reorderNanos < 0
        || maxRequests < 1
        || maxMissing < 1
        || maxGap < 1
        || maxGap > maxMissing) {
      throw new IllegalArgumentException("a policy that makes no sense");
    }
  }
}
