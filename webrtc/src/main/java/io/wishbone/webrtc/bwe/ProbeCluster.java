package io.wishbone.webrtc.bwe;

/// Packets to be sent at a certain rate, to see whether they arrive at that rate.
///
/// @param id above zero; goes with each of its packets to [BandwidthEstimator#onPacketSent]
/// @param bitrate bits a second to send them at
/// @param bytes at least as much
/// @param packets at least as many
public record ProbeCluster(int id, long bitrate, int bytes, int packets) {

  /// In place of an id for packets that belong to none.
  public static final int NONE = 0;

  private static final double SECONDS = 0.015;
  private static final int MIN_PACKETS = 5;

  static ProbeCluster of(int id, long bitrate) {
    return new ProbeCluster(id, bitrate, (int) (bitrate * SECONDS / 8), MIN_PACKETS);
  }
}
