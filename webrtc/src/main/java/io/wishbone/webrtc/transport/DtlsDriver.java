package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.dtls.DtlsAssociation;
import io.wishbone.webrtc.dtls.DtlsFailure;
import io.wishbone.webrtc.dtls.DtlsFilter;
import io.wishbone.webrtc.dtls.DtlsState;
import io.wishbone.webrtc.dtls.DtlsStep;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Feeds one [DtlsAssociation], a step at a time, through the [Offload].
///
/// What arrives while a step runs waits in a short queue; the order of datagrams is kept. The
/// server's association is made when its first admitted datagram arrives, so that a peer that never
/// gets there costs nothing.
///
/// Nothing in a handshake is authenticated before the peer's Finished, so no datagram before it may
/// end the session (RFC 6347 section 4.1.2.7). A server's association that fails before it
/// connected is replaced by a fresh one, in silence: our alert would end the handshake of a peer
/// that has nothing to do with what failed. The peer sends its ClientHello again and finds a server
/// that waits for it. A few such replacements, within the one deadline, are all there are; when
/// they or the time are used up, the last failure is what ended the session.
final class DtlsDriver {
  /// What waits while a step runs. The largest flight of a real client has less than 4 KiB.
  private static final int MAX_QUEUED_BYTES = 8 << 10;

  /// Restarts of a server's handshake.
  private static final int MAX_RESTARTS = 5;

  private static final DtlsStep TIMED_OUT =
      new DtlsStep(
          List.of(),
          new DtlsState.Failed(DtlsFailure.TIMEOUT, "no handshake within 10 seconds"),
          Long.MAX_VALUE);

  /// What a finished step means to the transport.
  interface StepListener {
    void onStep(DtlsStep step, long nowNanos);
  }

  private final Supplier<DtlsAssociation> association;
  private final Offload offload;
  private final StepListener listener;
  private final DropCounts drops;
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();

  private DtlsFilter filter = new DtlsFilter();
  private @Nullable DtlsAssociation started;
  private @Nullable DtlsStep lastFailure;
  private int restartsLeft;
  private boolean answered;
  private boolean connected;
  private long deadlineNanos = Long.MAX_VALUE;
  private int queuedBytes;
  private boolean stepRuns;
  private boolean closeWanted;
  private boolean ended;
  private long nextTimeoutNanos = Long.MAX_VALUE;

  DtlsDriver(
      DtlsRole role,
      Supplier<DtlsAssociation> association,
      Offload offload,
      StepListener listener,
      DropCounts drops) {
    this.restartsLeft = role == DtlsRole.SERVER ? MAX_RESTARTS : 0;
    this.association = association;
    this.offload = offload;
    this.listener = listener;
    this.drops = drops;
  }

  boolean isStarted() {
    return started != null;
  }

  /// Makes the association and runs its first step: the client's ClientHello, or the server's wait.
  void start(long nowNanos) {
    if (started != null || ended) {
      return;
    }
    DtlsAssociation made = association.get();
    started = made;
    deadlineNanos = nowNanos + DtlsAssociation.HANDSHAKE_TIMEOUT_NANOS;
    step(() -> made.start(nowNanos));
  }

  void handleDatagram(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (ended) {
      return;
    }
    if (!filter.admits(buffer, offset, length) && !beginsAnew(buffer, offset, length)) {
      drops.count(DropReason.DTLS_FILTERED);
      return;
    }
    if (queuedBytes + length > MAX_QUEUED_BYTES) {
      drops.count(DropReason.DTLS_QUEUE_FULL);
      return;
    }
    byte[] datagram = new byte[length];
    buffer.get(offset, datagram);
    queue.add(datagram);
    queuedBytes += length;
    start(nowNanos);
    continueWith(nowNanos);
  }

  /// The filter holds a peer to what it was told first. As long as that led to nothing, another
  /// ClientHello may be the true one.
  private boolean beginsAnew(ByteBuffer buffer, int offset, int length) {
    if (started == null || answered || stepRuns || restartsLeft == 0) {
      return false;
    }
    DtlsFilter fresh = new DtlsFilter();
    if (!DtlsFilter.beginsHandshake(buffer, offset, length)
        || !fresh.admits(buffer, offset, length)) {
      return false;
    }
    restart(fresh);
    return true;
  }

  private void restart(DtlsFilter fresh) {
    restartsLeft--;
    if (started != null) {
      started.abandon();
    }
    started = association.get();
    filter = fresh;
    answered = false;
    nextTimeoutNanos = Long.MAX_VALUE;
  }

  long nextTimeoutNanos() {
    if (stepRuns || ended) {
      return Long.MAX_VALUE;
    }
    return connected ? nextTimeoutNanos : Math.min(nextTimeoutNanos, deadlineNanos);
  }

  void handleTimeout(long nowNanos) {
    DtlsAssociation current = started;
    if (current == null || nowNanos < nextTimeoutNanos()) {
      return;
    }
    if (!connected && nowNanos >= deadlineNanos) {
      listener.onStep(lastFailure != null ? lastFailure : TIMED_OUT, nowNanos);
      return;
    }
    step(() -> current.handleTimeout(nowNanos));
  }

  /// Sends a close_notify when there is somebody to send it to; nothing is read afterwards.
  void close(long nowNanos) {
    queue.clear();
    queuedBytes = 0;
    closeWanted = true;
    continueWith(nowNanos);
  }

  /// Frees everything and sends nothing.
  void abandon() {
    ended = true;
    queue.clear();
    queuedBytes = 0;
    // A step that runs elsewhere must not be disturbed: it is abandoned when it comes back.
    if (started != null && !stepRuns) {
      started.abandon();
    }
  }

  private void continueWith(long nowNanos) {
    DtlsAssociation current = started;
    if (stepRuns || ended) {
      return;
    }
    if (closeWanted) {
      ended = true;
      if (current != null) {
        stepRuns = true;
        offload.run(
            () -> {
              DtlsStep last = current.close(nowNanos);
              current.abandon();
              return last;
            },
            listener::onStep);
      }
      return;
    }
    if (current == null) {
      return;
    }
    byte[] datagram = queue.poll();
    if (datagram != null) {
      queuedBytes -= datagram.length;
      step(() -> current.handleDatagram(datagram, nowNanos));
    }
  }

  private void step(Supplier<DtlsStep> work) {
    stepRuns = true;
    offload.run(work, this::onStepDone);
  }

  private void onStepDone(DtlsStep step, long nowNanos) {
    stepRuns = false;
    nextTimeoutNanos = step.nextTimeoutNanos();
    if (ended) {
      if (started != null) {
        started.abandon();
      }
      return;
    }
    answered |= !step.datagrams().isEmpty();
    connected |= step.state() instanceof DtlsState.Connected;
    if (isForgivable(step)) {
      lastFailure = step;
      restart(new DtlsFilter());
    } else {
      listener.onStep(step, nowNanos);
    }
    continueWith(nowNanos);
  }

  private boolean isForgivable(DtlsStep step) {
    return step.state() instanceof DtlsState.Failed failed
        && failed.reason() != DtlsFailure.TIMEOUT
        && !connected
        && !closeWanted
        && restartsLeft > 0;
  }
}
