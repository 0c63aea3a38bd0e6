package io.wishbone.client.demo;

import java.util.List;

/// Where a player is in a [MediaLoop], and when its next frame is due. Time goes on without a break
/// over the seam, and over a jump to a keyframe.
final class LoopPosition {
  private final MediaLoop loop;
  private final List<LoopFrame> frames;
  private int index;

  /// When the first frame of the present round is, or would have been, due.
  private long roundStartNanos;

  LoopPosition(MediaLoop loop, long startNanos) {
    this.loop = loop;
    this.frames = loop.frames();
    this.roundStartNanos = startNanos;
  }

  long nextDueNanos() {
    return roundStartNanos + frames.get(index).atNanos();
  }

  LoopFrame next() {
    LoopFrame frame = frames.get(index);
    index++;
    if (index == frames.size()) {
      index = 0;
      roundStartNanos += loop.durationNanos();
    }
    return frame;
  }

  /// Goes on with the next picture that decodes by itself, which is due when the next frame was.
  void jumpToKeyframe() {
    long due = nextDueNanos();
    for (int i = 0; i < frames.size(); i++) {
      int candidate = (index + i) % frames.size();
      LoopFrame frame = frames.get(candidate);
      if (frame.keyframe()) {
        index = candidate;
        roundStartNanos = due - frame.atNanos();
        return;
      }
    }
  }
}
