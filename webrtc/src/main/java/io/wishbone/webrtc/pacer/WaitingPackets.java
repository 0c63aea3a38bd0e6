package io.wishbone.webrtc.pacer;

/// A queue of handles that grows up to its capacity, from nothing: many viewers' paths never hold
/// anything up.
final class WaitingPackets {

  private static final int FIRST_CAPACITY = 32;

  private final int maxCapacity;
  private long[] handles = {};
  private long[] since = {};
  private int[] sizes = {};
  private int first;
  private int count;
  private long bytes;

  /// @param maxCapacity a power of two
  WaitingPackets(int maxCapacity) {
    this.maxCapacity = maxCapacity;
  }

  /// False: it is full.
  boolean add(long handle, int size, long nowNanos) {
    if (count == handles.length) {
      if (count == maxCapacity) {
        return false;
      }
      grow();
    }
    int at = (first + count) & (handles.length - 1);
    handles[at] = handle;
    since[at] = nowNanos;
    sizes[at] = size;
    count++;
    bytes += size;
    return true;
  }

  private void grow() {
    int capacity = Math.min(Math.max(FIRST_CAPACITY, count * 2), maxCapacity);
    long[] newHandles = new long[capacity];
    long[] newSince = new long[capacity];
    int[] newSizes = new int[capacity];
    for (int i = 0; i < count; i++) {
      int from = (first + i) & (count - 1);
      newHandles[i] = handles[from];
      newSince[i] = since[from];
      newSizes[i] = sizes[from];
    }
    handles = newHandles;
    since = newSince;
    sizes = newSizes;
    first = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  long firstSince() {
    return since[first];
  }

  /// Takes the first one out.
  long remove() {
    long handle = handles[first];
    bytes -= sizes[first];
    first = (first + 1) & (handles.length - 1);
    count--;
    return handle;
  }

  /// Forgets all, and says how many they were.
  int clear() {
    int forgotten = count;
    first = 0;
    count = 0;
    bytes = 0;
    return forgotten;
  }
}
