package io.wishbone.node.session;

/// By what a viewer's pacer knows a packet: which of the viewer's tracks, and its 48-bit index
/// there.
final class PacedHandle {
  private static final int INDEX_BITS = 48;

  private PacedHandle() {}

  /// What all handles of a track have in common.
  static long of(int track) {
    return (long) track << INDEX_BITS;
  }

  static int track(long handle) {
    return (int) (handle >>> INDEX_BITS);
  }

  static long index(long handle) {
    return handle & ((1L << INDEX_BITS) - 1);
  }
}
