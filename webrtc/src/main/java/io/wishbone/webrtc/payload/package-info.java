/// What forwarding needs to know of the inside of media payloads: where keyframes and frames begin,
/// which layer a packet belongs to, how large the picture is, and which fields must be rewritten.
///
/// Implements what is needed of VP8 ([RFC 7741](https://www.rfc-editor.org/rfc/rfc7741)), VP9 ([RFC
/// 9628](https://www.rfc-editor.org/rfc/rfc9628)), H.264 ([RFC
/// 6184](https://www.rfc-editor.org/rfc/rfc6184)), H.265 ([RFC
/// 7798](https://www.rfc-editor.org/rfc/rfc7798)) and AV1 (the AV1 RTP specification).
///
/// Read [io.wishbone.webrtc.payload.KeyframeDetector] first.
///
/// Nothing here keeps state between packets, throws for any input, or allocates. Payloads are
/// addressed by absolute offset and length, padding excluded.
///
/// Left out on purpose: depacketization into frames, decoding, DON fields of H.265 (never
/// negotiated in WebRTC), interleaved modes of H.264.
@NullMarked
package io.wishbone.webrtc.payload;

import org.jspecify.annotations.NullMarked;
