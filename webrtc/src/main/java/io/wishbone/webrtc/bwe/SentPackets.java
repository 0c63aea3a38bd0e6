package io.wishbone.webrtc.bwe;

import io.wishbone.webrtc.rtp.SequenceNumbers;

/// When the latest packets of a transport were sent, and what feedback said of them, by their
/// transport-wide sequence numbers.
///
/// A ring, 29 bytes a packet, that doubles from 256 entries up to 8192 while it would lose packets
/// of the last two seconds that no feedback was about.
final class SentPackets {

  static final int MAX_ENTRIES = 8192;

  private static final int FIRST_ENTRIES = 256;

  /// Another sending of a packet is looked for among so many before it that are no older than this.
  private static final int MAX_STEPS = 256;

  private static final long SAME_NANOS = 100_000_000L;

  private static final long WAIT_NANOS = 2_000_000_000L;

  /// Of a packet that nobody wants to know of when it is lost.
  static final long NO_HANDLE = -1;

  private static final byte UNKNOWN = 0;
  private static final byte MISSING = 1;
  private static final byte RECEIVED = 2;

  private long[] sentNanos = new long[FIRST_ENTRIES];
  private int[] bytes = new int[FIRST_ENTRIES];
  private int[] clusters = new int[FIRST_ENTRIES];
  private long[] handles = new long[FIRST_ENTRIES];
  private byte[] states = new byte[FIRST_ENTRIES];
  private long next;
  private long oldest;

  /// Notes a packet and returns its 16-bit number.
  int add(int size, int probeCluster, long handle, long nowNanos) {
    if (next - oldest == sentNanos.length) {
      int slot = slot(oldest);
      boolean waitedFor = states[slot] == UNKNOWN && nowNanos - sentNanos[slot] < WAIT_NANOS;
      if (waitedFor && sentNanos.length < MAX_ENTRIES) {
        grow();
      } else {
        oldest++;
      }
    }
    int slot = slot(next);
    sentNanos[slot] = nowNanos;
    bytes[slot] = size;
    clusters[slot] = probeCluster;
    handles[slot] = handle;
    states[slot] = UNKNOWN;
    return (int) next++ & 0xFFFF;
  }

  private void grow() {
    long[] oldSent = sentNanos;
    int[] oldBytes = bytes;
    int[] oldClusters = clusters;
    long[] oldHandles = handles;
    byte[] oldStates = states;
    int mask = oldSent.length - 1;
    sentNanos = new long[oldSent.length * 2];
    bytes = new int[sentNanos.length];
    clusters = new int[sentNanos.length];
    handles = new long[sentNanos.length];
    states = new byte[sentNanos.length];
    for (long n = oldest; n < next; n++) {
      int from = (int) n & mask;
      int to = slot(n);
      sentNanos[to] = oldSent[from];
      bytes[to] = oldBytes[from];
      clusters[to] = oldClusters[from];
      handles[to] = oldHandles[from];
      states[to] = oldStates[from];
    }
  }

  /// Packets sent so far.
  long count() {
    return next;
  }

  /// The entry of this number, or -1: it was never given, or is forgotten.
  int find(int sequenceNumber) {
    long latest = next - 1;
    long number = latest + SequenceNumbers.distance(sequenceNumber, (int) latest & 0xFFFF);
    return number >= oldest && number < next ? slot(number) : -1;
  }

  /// Whether the packet was not known to have arrived until now.
  boolean receive(int entry) {
    boolean first = states[entry] != RECEIVED;
    states[entry] = RECEIVED;
    return first;
  }

  /// Whether nothing was known of the packet until now.
  boolean miss(int entry) {
    boolean first = states[entry] == UNKNOWN;
    if (first) {
      states[entry] = MISSING;
    }
    return first;
  }

  boolean wasMissing(int entry) {
    return states[entry] == MISSING;
  }

  /// Whether the packet before this one is known to be missing.
  boolean followsMissing(int entry) {
    return entry != slot(oldest) && states[entry - 1 & sentNanos.length - 1] == MISSING;
  }

  /// Whether it is known what became of the packet before this one.
  boolean followsKnown(int entry) {
    return entry != slot(oldest) && states[entry - 1 & sentNanos.length - 1] != UNKNOWN;
  }

  /// Whether a packet that was reported as missing was sent in vain: somebody wants to know, where
  /// it was sent twice in a row this is the second one, and none of its sendings shortly before is
  /// known to have arrived.
  boolean isLost(int entry) {
    long handle = handles[entry];
    if (handle == NO_HANDLE) {
      return false;
    }
    int mask = sentNanos.length - 1;
    int after = entry + 1 & mask;
    if (after != slot(next) && handles[after] == handle) {
      return false;
    }
    long since = sentNanos[entry] - SAME_NANOS;
    int steps = Math.min(MAX_STEPS, (entry - slot(oldest)) & mask);
    for (int i = 1; i <= steps; i++) {
      int before = entry - i & mask;
      if (sentNanos[before] < since) {
        return true;
      }
      if (handles[before] == handle && states[before] == RECEIVED) {
        return false;
      }
    }
    return true;
  }

  /// What the packet is known by.
  long handle(int entry) {
    return handles[entry];
  }

  long sentNanos(int entry) {
    return sentNanos[entry];
  }

  int bytes(int entry) {
    return bytes[entry];
  }

  int probeCluster(int entry) {
    return clusters[entry];
  }

  int entries() {
    return sentNanos.length;
  }

  private int slot(long number) {
    return (int) number & (sentNanos.length - 1);
  }
}
