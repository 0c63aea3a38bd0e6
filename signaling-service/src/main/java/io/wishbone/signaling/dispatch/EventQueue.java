package io.wishbone.signaling.dispatch;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes events off the thread of a carrier and hands them on in order, on a virtual thread of its
/// own that may wait. It is as long as nodes report faster than what they say is handled: it is
/// bounded by what our own nodes have to say.
final class EventQueue<E> {

  private static final Logger LOG = Logger.getLogger(EventQueue.class);

  private final String name;
  private final Consumer<E> handler;
  private final BlockingQueue<E> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  EventQueue(String name, Consumer<E> handler) {
    this.name = name;
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

  void add(E event) {
    queue.add(event);
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
    } catch (RuntimeException failure) {
      LOG.errorf(failure, "An event was not taken in: %s", event);
    }
  }
}
