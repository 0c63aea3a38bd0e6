package io.wishbone.node.session;

import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;

/// How long a viewer waits for its picture: for the first frame of all, and for the keyframe that
/// the picture begins with, each time anew.
final class PictureWait {
  private static final long NEVER = Long.MIN_VALUE;

  private final EgressTracks tracks;
  private final SessionListener listener;
  private long attachedNanos = NEVER;
  private long wantedNanos = NEVER;
  private boolean hasFirstFrame;

  PictureWait(EgressTracks tracks, SessionListener listener) {
    this.tracks = tracks;
    this.listener = listener;
  }

  /// The viewer is connected and there is a source.
  void onAttached(long nowNanos) {
    attachedNanos = nowNanos;
    wantedNanos = nowNanos;
  }

  /// The picture begins anew with the next keyframe.
  void onRestarted(long nowNanos) {
    wantedNanos = nowNanos;
  }

  /// Since when there has been both a viewer and the present source, `Long.MIN_VALUE` before that.
  long attachedNanos() {
    return attachedNanos;
  }

  /// Looks whether the first frame has been sent, until it has.
  void look() {
    if (!hasFirstFrame) {
      lookForFirstFrame();
    }
  }

  private void lookForFirstFrame() {
    long firstFrameNanos = tracks.firstFrameNanos();
    if (firstFrameNanos != NEVER) {
      hasFirstFrame = true;
      listener.onFirstFrame(firstFrameNanos, firstFrameNanos - attachedNanos);
    }
  }

  /// For how long a picture that the source has could not begin, or go on, for want of a keyframe;
  /// 0 where none is missing.
  long missingNanos(long nowNanos) {
    long missing = 0;
    for (EgressTrack track : tracks.all()) {
      if (track.track() != null && track.codec().isVideo()) {
        missing = Math.max(missing, nowNanos - Math.min(missingSince(track), nowNanos));
      }
    }
    return missing;
  }

  /// A viewer that waits for another encoding goes on with its own meanwhile, as long as that is
  /// sent.
  private long missingSince(EgressTrack track) {
    Track source = track.track();
    Encoding present = track.current();
    if (source == null || present == null) {
      return wantedNanos;
    }
    return !source.sends(present.id()) && track.awaited() != null
        ? present.lastPacketNanos()
        : Long.MAX_VALUE;
  }
}
