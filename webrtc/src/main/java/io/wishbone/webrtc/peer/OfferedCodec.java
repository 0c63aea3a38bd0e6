package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.payload.Codec;

/// A codec in an offer.
///
/// @param payloadType 0..127
/// @param formatParameters what goes behind `a=fmtp:<pt> `; empty for none
public record OfferedCodec(Codec codec, int payloadType, String formatParameters) {
  public OfferedCodec(Codec codec, int payloadType) {
    this(codec, payloadType, "");
  }
}
