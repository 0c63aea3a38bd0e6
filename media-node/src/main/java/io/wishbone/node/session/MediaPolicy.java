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
  static final int MAX_PAST_BYTES = 64 << 20;

  /// The smallest packets that a picture is made of, on average: of smaller ones, fewer bytes are
  /// kept than the policy says.
  private static final int SMALL_PACKET_BYTES = 512;

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
    if (memoryBytes < PacketMemory.CHUNK_BYTES || pastNanos < 0) {
      throw new IllegalArgumentException("bounds of what is kept that make no sense");
    }
    if (pastBytes < 0 || pastBytes > MAX_PAST_BYTES) {
      throw new IllegalArgumentException(
          "a group of pictures of up to %d bytes; it may have from 0 to %d"
              .formatted(pastBytes, MAX_PAST_BYTES));
    }
  }

  /// The same, with other bounds of what is kept.
  public MediaPolicy withPast(long memory, Duration maxAge, int maxBytes) {
    return new MediaPolicy(memory, maxAge.toNanos(), maxBytes, youngNanos, estimates);
  }

  /// Twice as much as a viewer begins with: who has begun has some time to catch up in.
  HistoryLimits history(Codec codec) {
    if (!codec.isVideo()) {
      return HistoryLimits.AUDIO;
    }
    HistoryLimits usual = HistoryLimits.VIDEO;
    int maxBytes = Math.max(usual.maxBytes(), 2 * pastBytes);
    return new HistoryLimits(
        usual.repairNanos(),
        2 * pastNanos,
        2 * pastBytes,
        maxBytes,
        powerOfTwo(maxBytes / SMALL_PACKET_BYTES));
  }

  /// The power of two that is no less.
  private static int powerOfTwo(int count) {
    return Integer.highestOneBit(count - 1) << 1;
  }
}
