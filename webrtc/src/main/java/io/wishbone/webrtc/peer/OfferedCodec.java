package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.payload.Codec;

/// A codec in an offer.
///
/// @param payloadType 0..127
/// @param formatParameters what goes behind `a=fmtp:<pt> `; empty for none
/// @param rtxPayloadType of its retransmissions (RFC 4588), 0 for none
public record OfferedCodec(
    Codec codec, int payloadType, String formatParameters, int rtxPayloadType) {
  public OfferedCodec(Codec codec, int payloadType, String formatParameters) {
    this(codec, payloadType, formatParameters, 0);
  }

  public OfferedCodec(Codec codec, int payloadType) {
    this(codec, payloadType, "");
  }

  /// The same, with retransmissions.
  public OfferedCodec withRtx(int rtx) {
    return new OfferedCodec(codec, payloadType, formatParameters, rtx);
  }
}
