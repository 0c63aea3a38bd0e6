package io.wishbone.webrtc.srtp.backend;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/// What ciphers had outside the heap and have closed, for the next ones. What nobody closes is
/// freed by the collector; but that looks at the heap alone, on which a key is a hundred bytes, and
/// may leave gigabytes of closed ones outside while the heap is quiet.
///
/// Safe for use by many threads.
final class NativePool {

  /// More are left to the collector.
  static final int MOST = 20_000;

  private final Deque<MemorySegment> free = new ArrayDeque<>();

  /// @param make another one, which the collector frees
  MemorySegment take(Supplier<MemorySegment> make) {
    MemorySegment used;
    synchronized (free) {
      used = free.pollLast();
    }
    return used == null ? make.get() : used;
  }

  /// @param wiped of which nothing is left to be read, and which nobody uses any more
  void give(MemorySegment wiped) {
    synchronized (free) {
      if (free.size() < MOST) {
        free.addLast(wiped);
      }
    }
  }

  /// How many wait for the next cipher.
  int size() {
    synchronized (free) {
      return free.size();
    }
  }
}
