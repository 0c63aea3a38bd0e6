package io.wishbone.client.demo;

import io.wishbone.webrtc.sdp.MediaKind;

/// One encoded frame of a [MediaLoop]: a VP8 picture, or 20 ms of Opus.
///
/// @param kind `AUDIO` or `VIDEO`
/// @param atNanos when it is due, from the start of the loop
/// @param keyframe whether a decoder can start here; `true` for sound
public record LoopFrame(MediaKind kind, long atNanos, boolean keyframe, byte[] data) {}
