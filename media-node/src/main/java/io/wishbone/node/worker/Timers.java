package io.wishbone.node.worker;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// When who has to be looked at: a heap, the next one on top.
///
/// Deadlines move away all the time, with every check and packet of a peer. Only one that comes
/// nearer is entered; one that has moved away is noticed when its old time has come, and entered
/// anew. So a session costs next to nothing while it lives, and nothing at the times of others.
final class Timers {
  private static final int INITIAL_CAPACITY = 64;
  private static final int ABSENT = -1;

  /// One that is to be looked at.
  interface Sleeper {
    void wake(long nowNanos);
  }

  /// A sleeper's place in the heap.
  static final class Timer {
    private final Sleeper sleeper;
    private long atNanos;
    private int position = ABSENT;

    Timer(Sleeper sleeper) {
      this.sleeper = sleeper;
    }

    Sleeper sleeper() {
      return sleeper;
    }
  }

  private @Nullable Timer[] heap = new Timer[INITIAL_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  /// When the first one is to be looked at, `Long.MAX_VALUE` for never.
  long nextNanos() {
    return size == 0 ? Long.MAX_VALUE : at(0).atNanos;
  }

  /// It is to be looked at by then at the latest; `Long.MAX_VALUE` asks for nothing.
  void wakeBy(Timer timer, long nanos) {
    if (timer.position == ABSENT) {
      if (nanos == Long.MAX_VALUE) {
        return;
      }
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      timer.atNanos = nanos;
      put(timer, size++);
      rise(timer);
    } else if (nanos < timer.atNanos) {
      timer.atNanos = nanos;
      rise(timer);
    }
  }

  void remove(Timer timer) {
    int hole = timer.position;
    if (hole == ABSENT) {
      return;
    }
    timer.position = ABSENT;
    size--;
    Timer last = at(size);
    heap[size] = null;
    if (last != timer) {
      put(last, hole);
      rise(last);
      sink(last);
    }
  }

  /// Moves all whose time has come to `due`.
  void takeDue(long nowNanos, List<Timer> due) {
    while (size > 0 && at(0).atNanos <= nowNanos) {
      Timer first = at(0);
      remove(first);
      due.add(first);
    }
  }

  private Timer at(int position) {
    Timer timer = heap[position];
    if (timer == null) {
      throw new IllegalStateException("nothing at " + position);
    }
    return timer;
  }

  private void put(Timer timer, int position) {
    heap[position] = timer;
    timer.position = position;
  }

  private void rise(Timer timer) {
    while (timer.position > 0) {
      Timer parent = at((timer.position - 1) / 2);
      if (parent.atNanos <= timer.atNanos) {
        return;
      }
      swap(timer, parent);
    }
  }

  private void sink(Timer timer) {
    while (2 * timer.position + 1 < size) {
      Timer child = at(2 * timer.position + 1);
      if (child.position + 1 < size && at(child.position + 1).atNanos < child.atNanos) {
        child = at(child.position + 1);
      }
      if (timer.atNanos <= child.atNanos) {
        return;
      }
      swap(timer, child);
    }
  }

  private void swap(Timer one, Timer other) {
    int position = one.position;
    put(one, other.position);
    put(other, position);
  }
}
