package io.wishbone.webrtc.sdp;

import org.jspecify.annotations.Nullable;

/// Which section of the offer a fragment is about: the one whose transport the whole BUNDLE uses.
///
/// @param kindText the first word of its `m=` line; `audio` from clients that do not care
/// @param mid `null` from clients that leave it out
public record MediaTag(String kindText, @Nullable String mid) {
  public MediaTag {
    Grammar.token("media", kindText, 32);
    if (mid != null) {
      Grammar.token("mid", mid, Limits.MID_LENGTH);
    }
  }
}
