package io.wishbone.node.session;

import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.payload.Codec;

/// What a worker keeps of media.
///
/// @param memoryBytes for the packets of all encodings together, of direct memory
public record MediaPolicy(long memoryBytes) {
  /// Room for the last seconds of some 250 streams.
  public static final MediaPolicy USUAL = new MediaPolicy(256L << 20);

  HistoryLimits history(Codec codec) {
    return codec.isVideo() ? HistoryLimits.VIDEO : HistoryLimits.AUDIO;
  }
}
