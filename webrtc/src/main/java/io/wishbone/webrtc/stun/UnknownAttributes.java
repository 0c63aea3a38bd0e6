package io.wishbone.webrtc.stun;

/// The first few attribute types that had to be understood and were not: what a 420 lists.
public final class UnknownAttributes {

  private static final int CAPACITY = 8;

  private final int[] types = new int[CAPACITY];
  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int type(int index) {
    return types[index];
  }

  void add(int type) {
    if (size < CAPACITY) {
      types[size++] = type;
    }
  }

  void clear() {
    size = 0;
  }
}
