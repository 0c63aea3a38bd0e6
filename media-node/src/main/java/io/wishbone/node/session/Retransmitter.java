package io.wishbone.node.session;

import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.Verdict;
import io.wishbone.webrtc.pacer.PacingPolicy;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.SequenceNumbers;

/// Answers a viewer that has lost packets of a track: what it may have again waits in the pacer,
/// before pictures.
final class Retransmitter {
  /// Who has waited so long for a packet will ask for it, or for a keyframe.
  private static final long HELPFUL_NANOS = 600_000_000L;

  private final ViewerPath path;
  private final long handles;
  private final RetransmissionBudget budget;
  private final NackResponder responder;

  /// @param handles what the handles of the track's packets have in common
  /// @param budget the viewer's, shared by its tracks
  Retransmitter(ViewerPath path, long handles, RetransmissionBudget budget) {
    this.path = path;
    this.handles = handles;
    this.budget = budget;
    this.responder = new NackResponder(budget);
  }

  /// By what the pacer knows a packet of the track.
  long handle(long viewerIndex) {
    return handles | viewerIndex;
  }

  /// Answers a viewer that misses packets.
  ///
  /// @param newest the viewer's index of the newest packet that it was sent: what comes later was
  ///   not lost, whatever the viewer says
  /// @param roundTripNanos to the viewer, negative while it is not known
  void answer(Nack nack, EgressSegments segments, long newest, long roundTripNanos, long nowNanos) {
    for (int number : nack.sequenceNumbers()) {
      long viewerIndex = newest + SequenceNumbers.distance(number, (int) newest & 0xFFFF);
      EgressSegment segment = viewerIndex > newest ? null : segments.of(viewerIndex);
      if (segment != null) {
        answer(segment, viewerIndex, roundTripNanos, nowNanos);
      }
    }
  }

  private void answer(EgressSegment segment, long viewerIndex, long roundTripNanos, long nowNanos) {
    PacketHistory history = segment.encoding().history();
    long index = segment.sourceIndex(viewerIndex);
    switch (responder.judge(history, index, viewerIndex, roundTripNanos, nowNanos)) {
      case SEND ->
          path.enqueue(
              PacketClass.REPAIR,
              handle(viewerIndex),
              history.length(history.find(index)),
              nowNanos);
      case TOO_SOON, OVER_BUDGET, GONE, NOT_HERE, IGNORED -> {
        // Counted by the responder; what is still to come is sent when it does.
      }
    }
  }

  /// Sends again what the viewer's path has lost, before the viewer asks for it, if it still helps.
  ///
  /// @param newest as above
  /// @param sentNanos when it was sent in vain
  void repair(
      EgressSegments segments, long viewerIndex, long newest, long sentNanos, long nowNanos) {
    EgressSegment segment = viewerIndex > newest ? null : segments.of(viewerIndex);
    if (segment == null) {
      return;
    }
    PacketHistory history = segment.encoding().history();
    long index = segment.sourceIndex(viewerIndex);
    int slot = history.find(index);
    if (slot >= 0
        && nowNanos - history.arrivalNanos(slot) < HELPFUL_NANOS
        && responder.judgeSent(history, index, viewerIndex, sentNanos, nowNanos) == Verdict.SEND) {
      path.enqueue(PacketClass.REPAIR, handle(viewerIndex), history.length(slot), nowNanos);
    }
  }

  /// Whether a packet that was just sent again is to be sent once more at once: the path loses
  /// much, and who waits for a repair does not wait for two. Where it loses in bursts, the copy
  /// waits until a burst is over.
  boolean isRepeated(long viewerIndex, int bytes, long nowNanos) {
    if (!path.isLossy() || !budget.takeSpare(bytes, nowNanos)) {
      return false;
    }
    if (!path.losesInBursts()) {
      return true;
    }
    if (path.enqueue(PacketClass.COPY, handle(viewerIndex), bytes, nowNanos)) {
      responder.onCopyPlanned(viewerIndex, nowNanos + PacingPolicy.FORWARDING.copyWaitNanos());
    }
    return false;
  }

  /// Whether the viewer misses something that is not held any more. Asking resets it.
  boolean pollKeyframeNeeded() {
    return responder.pollKeyframeNeeded();
  }

  /// Packets sent again.
  long retransmitted() {
    return responder.retransmitted();
  }
}
