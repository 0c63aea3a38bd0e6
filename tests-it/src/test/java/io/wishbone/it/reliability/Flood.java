package io.wishbone.it.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Strangers that send to a port as fast as they are told, from ports of which the server knows
/// none, and take down whatever comes back.
final class Flood implements AutoCloseable {

  private static final int STRANGERS = 16;
  private static final int BURST = 200;
  private static final long PAUSE_NANOS = 500_000;
  private static final long AFTERMATH_NANOS = 500_000_000;

  private final List<DatagramChannel> strangers = new ArrayList<>();
  private final InetSocketAddress target;
  private final long perSecond;
  private final Supplier<byte[]> next;
  private final Thread thread;
  private final long beganNanos = System.nanoTime();
  private volatile boolean isOver;
  private volatile long sent;
  private volatile long answeredBytes;

  Flood(int port, long perSecond, Supplier<byte[]> next) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.perSecond = perSecond;
    this.next = next;
    try {
      for (int i = 0; i < STRANGERS; i++) {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        strangers.add(channel);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    thread = Thread.ofPlatform().daemon().name("flood").start(this::run);
  }

  private void run() {
    ByteBuffer answer = ByteBuffer.allocate(2_000);
    while (!isOver) {
      long due = (System.nanoTime() - beganNanos) * perSecond / 1_000_000_000 - sent;
      for (long i = Math.min(due, BURST); i > 0; i--) {
        send();
      }
      listen(answer);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    long end = System.nanoTime() + AFTERMATH_NANOS;
    while (System.nanoTime() < end) {
      listen(answer);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void send() {
    try {
      strangers.get((int) (sent % STRANGERS)).send(ByteBuffer.wrap(next.get()), target);
      sent++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void listen(ByteBuffer answer) {
    for (DatagramChannel stranger : strangers) {
      try {
        while (stranger.receive(answer.clear()) != null) {
          answeredBytes += answer.position();
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /// Sends no more, and listens for another half second.
  Flood stopped() {
    isOver = true;
    try {
      thread.join();
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    return this;
  }

  long sent() {
    return sent;
  }

  double perSecond() {
    return sent * 1e9 / (System.nanoTime() - beganNanos);
  }

  long answeredBytes() {
    return answeredBytes;
  }

  @Override
  public void close() {
    stopped();
    for (DatagramChannel stranger : strangers) {
      try {
        stranger.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
