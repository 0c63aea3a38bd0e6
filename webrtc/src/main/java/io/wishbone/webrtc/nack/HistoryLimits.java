package io.wishbone.webrtc.nack;

/// How much of an encoding its [PacketHistory] keeps.
///
/// @param repairNanos packets younger than this are kept for retransmission
/// @param groupNanos the current group of pictures is kept while it is younger than this; 0 keeps
///   none
/// @param groupBytes the current group of pictures is kept while it is smaller than this
/// @param maxBytes at most this is kept of everything, in whole chunks
/// @param maxPackets at most as many packets are kept: a power of two
public record HistoryLimits(
    long repairNanos, long groupNanos, int groupBytes, int maxBytes, int maxPackets) {

  private static final long SECOND = 1_000_000_000L;

  /// A second and a half for repair, a group of pictures of up to 10 seconds and 4 MiB.
  public static final HistoryLimits VIDEO =
      new HistoryLimits(SECOND * 3 / 2, 10 * SECOND, 4 << 20, 8 << 20, 8192);

  /// A second, no pictures.
  public static final HistoryLimits AUDIO = new HistoryLimits(SECOND, 0, 0, 256 << 10, 512);

  public HistoryLimits {
    if (repairNanos <= 0
        || groupNanos < 0
        || groupBytes > maxBytes
        || maxBytes < 2 * PacketMemory.CHUNK_BYTES
        || maxPackets < 2
        || Integer.bitCount(maxPackets) != 1) {
      throw new IllegalArgumentException("limits that make no sense");
    }
  }
}
