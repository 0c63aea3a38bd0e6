package io.wishbone.webrtc.sim;

import org.jspecify.annotations.Nullable;

/// One RTP payload of a synthetic device.
///
/// @param timestamp RTP timestamp, unsigned 32 bits
/// @param marker the last packet of its frame, or the first after silence
/// @param keyframe whether it belongs to a frame that decodes by itself
/// @param descriptor its dependency descriptor, null for none
public record SyntheticPayload(
    byte[] bytes, long timestamp, boolean marker, boolean keyframe, byte @Nullable [] descriptor) {

  public SyntheticPayload(byte[] bytes, long timestamp, boolean marker, boolean keyframe) {
    this(bytes, timestamp, marker, keyframe, null);
  }
}
