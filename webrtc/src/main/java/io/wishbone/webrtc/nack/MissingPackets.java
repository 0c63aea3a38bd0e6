package io.wishbone.webrtc.nack;

import java.util.Arrays;

/// The packets waited for, oldest first. Bounded; allocates nothing after its making.
final class MissingPackets {

  private final long[] indexes;
  private final long[] detectedNanos;
  private final long[] requestedNanos;
  private final int[] requests;
  private int size;

  MissingPackets(int capacity) {
    indexes = new long[capacity];
    detectedNanos = new long[capacity];
    requestedNanos = new long[capacity];
    requests = new int[capacity];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == indexes.length;
  }

  /// Adds a packet newer than all others.
  void add(long index, long nowNanos) {
    indexes[size] = index;
    detectedNanos[size] = nowNanos;
    requestedNanos[size] = 0;
    requests[size] = 0;
    size++;
  }

  /// Where the packet is, or a negative number.
  int find(long index) {
    return Arrays.binarySearch(indexes, 0, size, index);
  }

  /// How many are older than `index`.
  int countBefore(long index) {
    int at = find(index);
    return at < 0 ? -at - 1 : at;
  }

  void remove(int at) {
    int behind = size - at - 1;
    System.arraycopy(indexes, at + 1, indexes, at, behind);
    System.arraycopy(detectedNanos, at + 1, detectedNanos, at, behind);
    System.arraycopy(requestedNanos, at + 1, requestedNanos, at, behind);
    System.arraycopy(requests, at + 1, requests, at, behind);
    size--;
  }

  void removeFirst(int count) {
    int left = size - count;
    System.arraycopy(indexes, count, indexes, 0, left);
    System.arraycopy(detectedNanos, count, detectedNanos, 0, left);
    System.arraycopy(requestedNanos, count, requestedNanos, 0, left);
    System.arraycopy(requests, count, requests, 0, left);
    size = left;
  }

  /// Moves the entry `from` to `to`, before it, for who goes through all and keeps some.
  void move(int from, int to) {
    indexes[to] = indexes[from];
    detectedNanos[to] = detectedNanos[from];
    requestedNanos[to] = requestedNanos[from];
    requests[to] = requests[from];
  }

  void truncate(int newSize) {
    size = newSize;
  }

  void request(int at, long nowNanos) {
    requests[at]++;
    requestedNanos[at] = nowNanos;
  }

  long index(int at) {
    return indexes[at];
  }

  long detectedNanos(int at) {
    return detectedNanos[at];
  }

  /// When it was requested last.
  long requestedNanos(int at) {
    return requestedNanos[at];
  }

  int requests(int at) {
    return requests[at];
  }
}
