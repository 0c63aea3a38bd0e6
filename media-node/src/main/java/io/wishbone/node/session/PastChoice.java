package io.wishbone.node.session;

import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.nack.GroupOfPictures;
import org.jspecify.annotations.Nullable;

/// Whether a viewer that comes begins with the past, with a new keyframe, or both.
///
/// | group of pictures | publisher makes keyframes when asked | begins with |
/// |---|---|---|
/// | none, or too large | - | a keyframe |
/// | young | - | the past: nobody else pays for a keyframe |
/// | old | yes | a keyframe: it comes sooner than so much past, and costs less |
/// | old | not known | the past, and asks |
/// | old | no | the past |
enum PastChoice {
  NOTHING,
  PAST,
  PAST_AND_KEYFRAME;

  static PastChoice of(@Nullable Encoding encoding, MediaPolicy policy, long nowNanos) {
    if (encoding == null) {
      return NOTHING;
    }
    GroupOfPictures group = encoding.history().group();
    if (!group.isThere()) {
      return NOTHING;
    }
    long age = nowNanos - group.startNanos();
    if (age > policy.pastNanos() || group.bytes() > policy.pastBytes()) {
      return NOTHING;
    }
    if (age <= policy.youngNanos()) {
      return PAST;
    }
    return switch (encoding.keyframeRequests().outcome()) {
      case ANSWERED -> NOTHING;
      case UNKNOWN -> PAST_AND_KEYFRAME;
      case IGNORED -> PAST;
    };
  }
}
