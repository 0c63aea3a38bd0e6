package io.wishbone.webrtc.bwe;

/// Gathers packets that were sent, or arrive, in one burst, and compares such groups: by how much
/// more apart they arrived than they were sent (draft-ietf-rmcat-gcc-02 sections 5.1, 5.2 and 5.3).
final class PacketGroups {

  private static final long MILLISECOND = 1_000_000;

  /// Packets sent within this are one group: what a pacer lets go at once.
  static final long SEND_SPAN_NANOS = 5 * MILLISECOND;

  private static final long ARRIVAL_GAP_NANOS = 5 * MILLISECOND;
  private static final long MAX_BURST_NANOS = 100 * MILLISECOND;
  private static final long JUMP_NANOS = 3_000 * MILLISECOND;

  private boolean hasCurrent;
  private long firstSent;
  private long lastSent;
  private long firstArrived;
  private long lastArrived;

  private boolean hasPrevious;
  private long previousSent;
  private long previousArrived;

  private long sendDelta;
  private long arrivalDelta;
  private long firstGrowth;

  /// Takes a packet, in the order of sending. True when a group is complete that can be compared
  /// with the one before it: then the deltas are about these two.
  boolean onPacket(long sentNanos, long arrivedNanos) {
    if (!hasCurrent) {
      begin(sentNanos, arrivedNanos);
      return false;
    }
    if (sentNanos < firstSent) {
      return false;
    }
    if (belongs(sentNanos, arrivedNanos)) {
      lastSent = Math.max(lastSent, sentNanos);
      lastArrived = Math.max(lastArrived, arrivedNanos);
      return false;
    }
    boolean comparable = hasPrevious && compare();
    hasPrevious = true;
    previousSent = lastSent;
    previousArrived = lastArrived;
    begin(sentNanos, arrivedNanos);
    return comparable;
  }

  private boolean compare() {
    sendDelta = lastSent - previousSent;
    arrivalDelta = lastArrived - previousArrived;
    firstGrowth = firstArrived - previousArrived - (firstSent - previousSent);
    if (Math.abs(arrivalDelta - sendDelta) > JUMP_NANOS) {
      return false; // the receiver's clock, or the path, is another now
    }
    return arrivalDelta >= 0;
  }

  private void begin(long sentNanos, long arrivedNanos) {
    hasCurrent = true;
    firstSent = sentNanos;
    lastSent = sentNanos;
    firstArrived = arrivedNanos;
    lastArrived = arrivedNanos;
  }

  /// A packet that caught up with the one before it waited with it somewhere: their distance says
  /// nothing about the bottleneck.
  private boolean belongs(long sentNanos, long arrivedNanos) {
    if (sentNanos - firstSent <= SEND_SPAN_NANOS) {
      return true;
    }
    long arrivalGap = arrivedNanos - lastArrived;
    return arrivalGap - (sentNanos - lastSent) < 0
        && arrivalGap <= ARRIVAL_GAP_NANOS
        && arrivedNanos - firstArrived < MAX_BURST_NANOS;
  }

  long sendDelta() {
    return sendDelta;
  }

  long arrivalDelta() {
    return arrivalDelta;
  }

  /// By how much more apart they arrived than they were sent.
  long growth() {
    return arrivalDelta - sendDelta;
  }

  /// The same of the last packet of the one and the first of the other.
  long firstGrowth() {
    return firstGrowth;
  }

  /// When the later of the two groups had arrived.
  long arrived() {
    return previousArrived;
  }
}
