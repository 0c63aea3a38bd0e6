package io.wishbone.signaling.dispatch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes events off the thread of a carrier and hands them on in order, on a virtual thread of its
/// own that may wait. It is bounded: what finds it full is refused and counted, for the thread of a
/// carrier may not wait, and memory ends.
final class EventQueue<E> {

  private static final Logger LOG = Logger.getLogger(EventQueue.class);

  private final String name;

  /// Some megabytes; minutes of what a busy cluster has to say.
  static final int CAPACITY = 20_000;

  private final Consumer<E> handler;
  private final BlockingQueue<E> queue;
  private final AtomicLong refused = new AtomicLong();
  private @Nullable Thread thread;

  EventQueue(String name, Consumer<E> handler) {
    this(name, CAPACITY, handler);
  }

  EventQueue(String name, int capacity, Consumer<E> handler) {
    this.name = name;
    this.queue = new LinkedBlockingQueue<>(capacity);
    this.handler = handler;
  }

  void start() {
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// False: it is full.
  boolean add(E event) {
    boolean added = queue.offer(event);
    if (!added && refused.getAndIncrement() == 0) {
      LOG.errorf("%s is full: events of media nodes are refused", name);
    }
    return added;
  }

  /// Events that found it full.
  long refused() {
    return refused.get();
  }

  int size() {
    return queue.size();
  }

  private void run() {
    try {
      while (true) {
        handle(queue.take());
      }
    } catch (InterruptedException _) {
      LOG.debugf("%s takes no more in", name);
    }
  }

  private void handle(E event) {
    try {
      handler.accept(event);
    } catch (RuntimeException | Error failure) {
      // Whatever it is, the next event is another one.
      LOG.errorf(failure, "An event was not taken in: %s", event);
    }
  }
}
