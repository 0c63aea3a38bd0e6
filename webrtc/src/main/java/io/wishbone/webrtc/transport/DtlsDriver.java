package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.dtls.DtlsAssociation;
import io.wishbone.webrtc.dtls.DtlsFilter;
import io.wishbone.webrtc.dtls.DtlsStep;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Feeds one [DtlsAssociation], a step at a time, through the [Offload].
///
/// What arrives while a step runs waits in a short queue; the order of datagrams is kept. The
/// server's association is made when its first admitted datagram arrives, so that a peer that never
/// gets there costs nothing.
final class DtlsDriver {
  /// What waits while a step runs. The largest flight of a real client has less than 4 KiB.
  private static final int MAX_QUEUED_BYTES = 8 << 10;

  /// What a finished step means to the transport.
  interface StepListener {
    void onStep(DtlsStep step, long nowNanos);
  }

  private final Supplier<DtlsAssociation> association;
  private final Offload offload;
  private final StepListener listener;
  private final DropCounts drops;
  private final DtlsFilter filter = new DtlsFilter();
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();

  private @Nullable DtlsAssociation started;
  private int queuedBytes;
  private boolean stepRuns;
  private boolean closeWanted;
  private boolean ended;
  private long nextTimeoutNanos = Long.MAX_VALUE;

  DtlsDriver(
      Supplier<DtlsAssociation> association,
      Offload offload,
      StepListener listener,
      DropCounts drops) {
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
    step(() -> made.start(nowNanos));
  }

  void handleDatagram(ByteBuffer buffer, int offset, int length, long nowNanos) {
    if (ended) {
      return;
    }
    if (!filter.admits(buffer, offset, length)) {
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

  long nextTimeoutNanos() {
    return stepRuns || ended ? Long.MAX_VALUE : nextTimeoutNanos;
  }

  void handleTimeout(long nowNanos) {
    DtlsAssociation current = started;
    if (current == null || nowNanos < nextTimeoutNanos()) {
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
    listener.onStep(step, nowNanos);
    continueWith(nowNanos);
  }
}
