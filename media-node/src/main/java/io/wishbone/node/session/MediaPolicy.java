package io.wishbone.node.session;

import io.wishbone.webrtc.bwe.BitrateLimits;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.payload.Codec;
import java.time.Duration;

/// What a worker keeps of media, and how it begins to send them.
///
/// @param memoryBytes for the packets of all encodings together, of direct memory
/// @param pastNanos a viewer that comes begins with a group of pictures that is no older
/// @param pastBytes and no larger
/// @param youngNanos a group of pictures that is no older is better than a new keyframe
/// @param estimates what a viewer's path is taken to carry
public record MediaPolicy(
    long memoryBytes, long pastNanos, int pastBytes, long youngNanos, BitrateLimits estimates) {
  /// The largest group of pictures that is kept at all.
  private static final int MAX_PAST_BYTES = 64 << 20;

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

  public MediaPolicy {
    if (memoryBytes < PacketMemory.CHUNK_BYTES
        || pastNanos < 0
        || pastBytes < 0
        || pastBytes > MAX_PAST_BYTES) {
      throw new IllegalArgumentException("bounds of what is kept that make no sense");
    }
  }

  /// The same, with other bounds of what is kept.
  public MediaPolicy withPast(long memory, Duration maxAge, int maxBytes) {
    return new MediaPolicy(memory, maxAge.toNanos(), maxBytes, youngNanos, estimates);
  }

  HistoryLimits history(Codec codec) {
    HistoryLimits usual = HistoryLimits.VIDEO;
    return codec.isVideo()
        ? new HistoryLimits(
            usual.repairNanos(),
            pastNanos,
            pastBytes,
            Math.max(usual.maxBytes(), 2 * pastBytes),
            usual.maxPackets())
        : HistoryLimits.AUDIO;
  }
}
