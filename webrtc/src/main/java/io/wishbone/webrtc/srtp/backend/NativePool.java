package io.wishbone.webrtc.srtp.backend;

import java.lang.foreign.MemorySegment;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What ciphers had outside the heap and have closed, for the next ones. What nobody closes is
/// freed by the collector; but that looks at the heap alone, on which a key is a hundred bytes, and
/// may leave gigabytes of closed ones outside while the heap is quiet.
///
/// Safe for use by many threads.
final class NativePool {

  /// More are left to the collector.
  static final int MOST = 20_000;

  private final Queue<MemorySegment> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /// @param make another one, which the collector frees
  MemorySegment take(Supplier<MemorySegment> make) {
    MemorySegment used = free.poll();
    if (used == null) {
      return make.get();
    }
    count.decrementAndGet();
    return used;
  }

  /// @param wiped of which nothing is left to be read, and which nobody uses any more
  void give(MemorySegment wiped) {
    if (count.incrementAndGet() <= MOST) {
      free.add(wiped);
    } else {
      count.decrementAndGet();
    }
  }

  /// How many wait for the next cipher.
  int size() {
    return count.get();
  }
}
