package io.wishbone.webrtc.rtcp;

import java.util.Arrays;

/// For consecutive packets, whether they arrived and how long after the one that arrived before
/// them. Immutable. A delta is counted in ticks of 250 microseconds and is negative when packets
/// overtook each other.
public final class ArrivalDeltas {

  /// Stands in place of a delta for a packet that has not arrived.
  public static final int NOT_RECEIVED = Integer.MIN_VALUE;

  public static final int MIN = Short.MIN_VALUE;
  public static final int MAX = Short.MAX_VALUE;

  private final int[] ticks;

  private ArrivalDeltas(int[] ticks) {
    this.ticks = ticks;
  }

  /// The deltas of as many packets, each within [#MIN] to [#MAX] or [#NOT_RECEIVED].
  public static ArrivalDeltas of(int... ticks) {
    return copyOf(ticks, ticks.length);
  }

  /// The first `length` of these deltas.
  public static ArrivalDeltas copyOf(int[] ticks, int length) {
    for (int i = 0; i < length; i++) {
      if (ticks[i] != NOT_RECEIVED && (ticks[i] < MIN || ticks[i] > MAX)) {
        throw new IllegalArgumentException("a delta of " + ticks[i] + " ticks");
      }
    }
    return new ArrivalDeltas(Arrays.copyOf(ticks, length));
  }

  public int size() {
    return ticks.length;
  }

  public boolean isReceived(int index) {
    return ticks[index] != NOT_RECEIVED;
  }

  /// The delta, or [#NOT_RECEIVED].
  public int ticks(int index) {
    return ticks[index];
  }

  /// How many of the packets arrived.
  public int receivedCount() {
    int received = 0;
    for (int delta : ticks) {
      if (delta != NOT_RECEIVED) {
        received++;
      }
    }
    return received;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalDeltas deltas && Arrays.equals(ticks, deltas.ticks);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ticks);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int delta : ticks) {
      text.append(text.length() == 1 ? "" : " ");
      text.append(delta == NOT_RECEIVED ? "-" : Integer.toString(delta));
    }
    return text.append(']').toString();
  }
}
