package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.KeyframeRequests;
import io.wishbone.node.stream.MediaStream;
import org.jspecify.annotations.Nullable;

/// The keyframes that one viewer asks for because it has lost something: at once, as long as they
/// are few. A keyframe costs all viewers of the stream quality, so that none may have one after the
/// other for itself.
///
/// | asks | |
/// |---|---|
/// | while the last one is on its way | nothing: that one serves |
/// | the first and the second | at once |
/// | more | 2 s after the first, then every 4 s, one for all that were asked for meanwhile |
/// | again, after 4 to 8 s of peace | as the first |
///
/// A keyframe that comes for whatever reason serves who waits for one.
final class LostPictures {
  private static final int AT_ONCE = 2;
  private static final long FIRST_NANOS = 2_000_000_000L;
  private static final long LAST_NANOS = 4_000_000_000L;

  private final MediaStream stream;
  private final SessionListener listener;
  private @Nullable EgressTrack waiting;
  private int allowed = AT_ONCE;
  private long intervalNanos = FIRST_NANOS / 2;
  private long sinceNanos;
  private long askedNanos;
  private boolean unanswered;

  LostPictures(MediaStream stream, SessionListener listener) {
    this.stream = stream;
    this.listener = listener;
  }

  /// Asks for a keyframe of what the viewer is sent of the track now, or waits with that.
  void onLost(EgressTrack track, long nowNanos) {
    if (unanswered && nowNanos - askedNanos < KeyframeRequests.INTERVAL_NANOS) {
      return;
    }
    refill(nowNanos);
    if (allowed > 0) {
      ask(track, nowNanos);
    } else if (waiting == null) {
      waiting = track;
      listener.onChanged();
    }
  }

  /// A packet goes to the viewer, or to others: a keyframe of what the viewer is sent is what was
  /// asked for.
  void onPacket(EgressTrack track, SourcePacket packet) {
    if (!packet.keyframe()) {
      return;
    }
    Encoding current = track.current();
    if (current != null && current.id() == packet.encoding()) {
      unanswered = false;
      waiting = null;
    }
  }

  long nextTimeoutNanos() {
    return waiting == null ? Long.MAX_VALUE : sinceNanos + intervalNanos;
  }

  void handleTimeout(long nowNanos) {
    EgressTrack track = waiting;
    if (track != null && nowNanos >= nextTimeoutNanos()) {
      refill(nowNanos);
      ask(track, nowNanos);
    }
  }

  private void refill(long nowNanos) {
    while (allowed < AT_ONCE && nowNanos - sinceNanos >= intervalNanos) {
      sinceNanos += intervalNanos;
      allowed++;
    }
    if (allowed == AT_ONCE) {
      sinceNanos = nowNanos;
      intervalNanos = FIRST_NANOS / 2;
    }
  }

  private void ask(EgressTrack track, long nowNanos) {
    waiting = null;
    Encoding current = track.current();
    if (current == null) {
      return;
    }
    allowed--;
    if (allowed == 0) {
      intervalNanos = Math.min(2 * intervalNanos, LAST_NANOS);
    }
    unanswered = true;
    askedNanos = nowNanos;
    stream.requestKeyframe(current, nowNanos);
  }
}
