package io.wishbone.webrtc.peer;

import org.jspecify.annotations.Nullable;

/// The sender's side of one SSRC: its numbering and its totals.
public final class OutgoingEncoding {
  private final long ssrc;
  private final @Nullable String rid;
  private long packetIndex;
  private long packets;
  private long octets;
  private long lastTimestamp;
  private long lastNanos = Long.MIN_VALUE;

  OutgoingEncoding(long ssrc, @Nullable String rid, int firstSequenceNumber) {
    this.ssrc = ssrc;
    this.rid = rid;
    this.packetIndex = firstSequenceNumber;
  }

  public long ssrc() {
    return ssrc;
  }

  /// The simulcast name of this encoding, if it has one.
  public @Nullable String rid() {
    return rid;
  }

  public long packets() {
    return packets;
  }

  public long octets() {
    return octets;
  }

  /// Of the next packet.
  long packetIndex() {
    return packetIndex;
  }

  int sequenceNumber() {
    return (int) (packetIndex & 0xffff);
  }

  int rolloverCounter() {
    return (int) (packetIndex >>> 16);
  }

  long lastTimestamp() {
    return lastTimestamp;
  }

  long lastNanos() {
    return lastNanos;
  }

  void sent(int payloadLength, long timestamp, long nowNanos) {
    packetIndex++;
    packets++;
    octets += payloadLength;
    lastTimestamp = timestamp;
    lastNanos = nowNanos;
  }
}
