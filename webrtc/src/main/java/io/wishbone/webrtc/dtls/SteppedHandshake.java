package io.wishbone.webrtc.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/// BouncyCastle's blocking handshake, run step by step.
///
/// The handshake runs in a virtual thread, but never at the same time as its caller: there is one
/// baton, and who does not hold it waits. The caller hands it over with a datagram or a timeout and
/// gets it back when BouncyCastle asks for the next datagram, or when the handshake has ended. The
/// two semaphores also make everything that one side wrote visible to the other.
///
/// BouncyCastle retransmits when its own wall clock says that the time to wait is over. It is told
/// to wait no time at all ([#RESEND_MILLIS]), which it rounds up to a millisecond: so whenever a
/// step says "timeout", that millisecond is long over, and our clock alone decides. In simulated
/// time it may not be over, then the step lasts up to a millisecond longer.
final class SteppedHandshake implements DatagramPort.Waiting {

  /// How long BouncyCastle waits before it sends a flight again, and then again: it doubles zero.
  static final int RESEND_MILLIS = 0;

  private static final long WALL_CLOCK_NAP_NANOS = 250_000;
  private static final int MAX_NAPS = 100;

  private final HandshakeRole role;
  private final DatagramPort port;
  private final OutgoingFlight outgoing;
  private final Semaphore batonOfHandshake = new Semaphore(0);
  private final Semaphore batonOfCaller = new Semaphore(0);
  private final Thread thread;
  private volatile boolean abandoned;
  private boolean started;
  private boolean timedOut;
  private int naps;
  private boolean ended;
  private @Nullable DTLSTransport transport;
  private @Nullable Throwable fault;

  SteppedHandshake(HandshakeRole role, DatagramPort port, OutgoingFlight outgoing) {
    this.role = role;
    this.port = port;
    this.outgoing = outgoing;
    this.thread =
        Thread.ofVirtual()
            .name("dtls-handshake")
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    port.waitBy(this);
  }

  // The caller's side.

  void start() {
    started = true;
    thread.start();
    batonOfCaller.acquireUninterruptibly();
  }

  boolean isStarted() {
    return started;
  }

  void handleDatagram(byte[] datagram) {
    port.offer(datagram);
    handOver();
  }

  void handleTimeout() {
    timedOut = true;
    naps = 0;
    handOver();
  }

  /// Ends the thread, wherever it waits or will wait. May be called at any time, by any thread.
  void abandon() {
    abandoned = true;
    batonOfHandshake.release();
  }

  boolean hasEnded() {
    return ended;
  }

  /// Present when the handshake has ended well.
  @Nullable DTLSTransport transport() {
    return transport;
  }

  /// Present when it has ended otherwise.
  @Nullable Throwable fault() {
    return fault;
  }

  boolean isThreadAlive() {
    return thread.isAlive();
  }

  private void handOver() {
    batonOfHandshake.release();
    batonOfCaller.acquireUninterruptibly();
  }

  // The handshake's side.

  private void run() {
    try {
      transport = role.handshake(port);
    } catch (Throwable e) {
      // Also errors: whatever happens in there, the caller must get the baton back.
      fault = e;
    } finally {
      ended = true;
      batonOfCaller.release();
    }
  }

  @Override
  public boolean await() throws IOException {
    if (timedOut) {
      if (!outgoing.sentAgain() && naps++ < MAX_NAPS) {
        LockSupport.parkNanos(WALL_CLOCK_NAP_NANOS);
        return false;
      }
      timedOut = false;
    }
    batonOfCaller.release();
    batonOfHandshake.acquireUninterruptibly();
    if (abandoned) {
      port.close();
      throw new InterruptedIOException("abandoned");
    }
    return !timedOut;
  }

  @Override
  public boolean isFlightComplete() {
    return role.isFlightComplete();
  }
}
