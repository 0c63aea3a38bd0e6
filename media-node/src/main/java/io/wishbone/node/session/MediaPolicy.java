package io.wishbone.node.session;

import io.wishbone.webrtc.bwe.BitrateLimits;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.payload.Codec;

/// What a worker keeps of media, and how it begins to send them.
///
/// @param memoryBytes for the packets of all encodings together, of direct memory
/// @param pastNanos a viewer that comes begins with a group of pictures that is no older
/// @param pastBytes and no larger
/// @param youngNanos a group of pictures that is no older is better than a new keyframe
/// @param estimates what a viewer's path is taken to carry
public record MediaPolicy(
    long memoryBytes, long pastNanos, int pastBytes, long youngNanos, BitrateLimits estimates) {
  private static final long SECOND = 1_000_000_000L;

  /// Room for the last seconds of some 100 streams; groups of pictures of up to 10 seconds and 4
  /// MiB; estimates that begin with a megabit a second.
  public static final MediaPolicy USUAL =
      new MediaPolicy(
          128L << 20,
          10 * SECOND,
          4 << 20,
          2 * SECOND,
          new BitrateLimits(50_000, 1_000_000, 20_000_000));

  HistoryLimits history(Codec codec) {
    HistoryLimits usual = HistoryLimits.VIDEO;
    return codec.isVideo()
        ? new HistoryLimits(
            usual.repairNanos(), pastNanos, pastBytes, usual.maxBytes(), usual.maxPackets())
        : HistoryLimits.AUDIO;
  }
}
