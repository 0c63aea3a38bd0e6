package io.wishbone.webrtc.nack;

/// From the newest keyframe of an encoding to its newest packet: what a viewer that comes now needs
/// to see a picture at once. A mark in a [PacketHistory], which holds the packets.
///
/// A group that outgrows its [HistoryLimits] is given up until the next keyframe begins.
public final class GroupOfPictures {

  private boolean there;
  private long first;
  private long timestamp;
  private long startNanos;
  private long bytes;
  private long packets;

  GroupOfPictures() {}

  /// Whether there is a group; otherwise nothing else here means anything.
  public boolean isThere() {
    return there;
  }

  /// Index of the first packet of the keyframe.
  public long first() {
    return first;
  }

  /// RTP timestamp of the keyframe.
  public long timestamp() {
    return timestamp;
  }

  /// When the first packet of the keyframe arrived.
  public long startNanos() {
    return startNanos;
  }

  /// Packets held from [#first] on. There is no hole when these are as many as the indexes.
  public long packets() {
    return packets;
  }

  /// Bytes of these packets.
  public long bytes() {
    return bytes;
  }

  /// Whether a packet that begins a keyframe moves the mark: to a newer keyframe, or to an earlier
  /// packet of the same one (parameter sets that were repaired after the picture had come).
  boolean isMovedBy(long index, long rtpTimestamp) {
    return !there || (rtpTimestamp == timestamp ? index < first : index > first);
  }

  void mark(long index, long rtpTimestamp, long nowNanos) {
    there = true;
    first = index;
    timestamp = rtpTimestamp;
    startNanos = nowNanos;
    bytes = 0;
    packets = 0;
  }

  void count(int length) {
    bytes += length;
    packets++;
  }

  void forget() {
    there = false;
  }

  boolean holds(long index) {
    return there && index >= first;
  }
}
