package io.wishbone.client.net;

import io.wishbone.webrtc.transport.Offload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs any number of peers on one thread.
public final class ClientLoop implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(ClientLoop.class.getName());
  private static final int MAX_DATAGRAM = 65_536;

  /// Datagrams taken from one socket before the others get their turn.
  private static final int BURST = 64;

  private final Selector selector;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_DATAGRAM);
  private final Thread thread;
  private volatile boolean closed;

  /// Starts the loop's thread, a daemon of this name.
  public ClientLoop(String name) {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no selector for the client loop", e);
    }
    thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  /// The clock that peers of this loop live by.
  public static long nowNanos() {
    return System.nanoTime();
  }

  /// Runs DTLS steps on virtual threads and brings their results back to the loop.
  public Offload offload() {
    return new Offload() {
      @Override
      public <T> void run(Supplier<T> work, Completion<T> done) {
        Thread.ofVirtual()
            .start(() -> {
              T result = work.get();
              execute(() -> done.accept(result, nowNanos()));
            });
      }
    };
  }

  /// Runs a task on the loop's thread, soon.
  public void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /// Runs a task on the loop's thread and waits for its result; not to be called on that thread.
  ///
  /// @throws ExecutionException when the task threw
  public <T extends @Nullable Object> T call(Callable<T> task)
      throws InterruptedException, ExecutionException {
    CompletableFuture<T> result = new CompletableFuture<>();
    execute(() -> {
      try {
        result.complete(task.call());
      } catch (Exception e) {
        result.completeExceptionally(e);
      }
    });
    return result.get();
  }

  /// Lets a socket's datagrams in for `endpoint`; called on the loop's thread.
  public void attach(ClientSocket socket, DatagramEndpoint endpoint) throws IOException {
    socket.endpoint(endpoint);
    socket.channel().register(selector, SelectionKey.OP_READ, socket);
  }

  /// Closes a socket; called on the loop's thread.
  public void detach(ClientSocket socket) {
    try {
      socket.channel().close();
    } catch (IOException e) {
      throw new UncheckedIOException("a UDP socket does not close", e);
    }
  }

  /// One peer's fault is no reason to stop the others.
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException fault) {
      report(fault);
    }
  }

  private static void report(Throwable fault) {
    LOGGER.log(System.Logger.Level.ERROR, "a client session failed", fault);
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(millisToNextTimeout());
        runTasks();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isValid()) {
            receive((ClientSocket) key.attachment());
          }
        }
        selector.selectedKeys().clear();
        runTimeouts();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the client loop lost its selector", e);
    }
  }

  private void runTasks() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      guarded(task);
    }
  }

  private long millisToNextTimeout() {
    if (!tasks.isEmpty()) {
      return 1;
    }
    long next = Long.MAX_VALUE;
    for (SelectionKey key : selector.keys()) {
      DatagramEndpoint endpoint = ((ClientSocket) key.attachment()).endpoint();
      if (endpoint != null) {
        next = Math.min(next, endpoint.nextTimeoutNanos());
      }
    }
    long wait = next == Long.MAX_VALUE ? 1_000_000_000L : next - nowNanos();
    // Zero would mean for ever.
    return Math.clamp(wait / 1_000_000, 1, 1_000);
  }

  private void receive(ClientSocket socket) {
    DatagramEndpoint endpoint = socket.endpoint();
    for (int i = 0; i < BURST && endpoint != null; i++) {
      received.clear();
      try {
        InetSocketAddress source = (InetSocketAddress) socket.channel().receive(received);
        if (source == null) {
          return;
        }
        int length = received.position();
        received.clear();
        guarded(() -> endpoint.handleDatagram(received, 0, length, source, nowNanos()));
      } catch (IOException e) {
        // An ICMP error of an earlier send; the next datagram is another matter.
        return;
      }
    }
  }

  private void runTimeouts() {
    long now = nowNanos();
    for (SelectionKey key : selector.keys()) {
      DatagramEndpoint endpoint = ((ClientSocket) key.attachment()).endpoint();
      if (key.isValid() && endpoint != null && endpoint.nextTimeoutNanos() <= now) {
        guarded(() -> endpoint.handleTimeout(now));
      }
    }
  }

  /// Ends the thread and closes every socket, without goodbyes.
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
