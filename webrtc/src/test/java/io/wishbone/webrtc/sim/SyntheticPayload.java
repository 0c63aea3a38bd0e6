package io.wishbone.webrtc.sim;

/// One RTP payload of a synthetic device.
///
/// @param timestamp RTP timestamp, unsigned 32 bits
/// @param marker the last packet of its frame, or the first after silence
/// @param keyframe whether it belongs to a frame that decodes by itself
public record SyntheticPayload(byte[] bytes, long timestamp, boolean marker, boolean keyframe) {}
