package io.wishbone.node.session;

import io.wishbone.node.stream.MediaStream;

/// Tells of the first packet of a source, its first keyframe, and the first that somebody gets.
final class SourceFirsts {
  private final SessionListener listener;
  private boolean hasPacket;
  private boolean hasKeyframe;
  private boolean hasEgress;

  SourceFirsts(SessionListener listener) {
    this.listener = listener;
  }

  /// To be called with each packet, before it is shown to the stream.
  void look(boolean keyframe, MediaStream stream, long nowNanos) {
    if (!hasPacket) {
      hasPacket = true;
      listener.onFirstPacket(nowNanos);
    }
    if (!hasKeyframe && keyframe) {
      hasKeyframe = true;
      listener.onFirstKeyframe(nowNanos);
    }
    if (!hasEgress && stream.hasSinks()) {
      hasEgress = true;
      listener.onFirstEgress(nowNanos);
    }
  }
}
