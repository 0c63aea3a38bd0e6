package io.wishbone.node.session;

import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.SequenceNumbers;

/// Answers a viewer that has lost packets of a track: what it may have again waits in the pacer,
/// before pictures.
final class Retransmitter {
  private final ViewerPath path;
  private final long handles;
  private final NackResponder responder;

  /// @param handles what the handles of the track's packets have in common
  /// @param budget the viewer's, shared by its tracks
  Retransmitter(ViewerPath path, long handles, RetransmissionBudget budget) {
    this.path = path;
    this.handles = handles;
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

  /// Whether the viewer misses something that is not held any more. Asking resets it.
  boolean pollKeyframeNeeded() {
    return responder.pollKeyframeNeeded();
  }

  /// Packets sent again.
  long retransmitted() {
    return responder.retransmitted();
  }
}
