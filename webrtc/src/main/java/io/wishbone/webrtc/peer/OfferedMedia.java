package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.sdp.MediaKind;
import java.util.List;

/// One media section of an offer.
///
/// @param codecs in order of preference, all of one kind
/// @param rids names of simulcast encodings, empty for a single encoding (RFC 8853)
public record OfferedMedia(MediaKind kind, List<OfferedCodec> codecs, List<String> rids) {
  public OfferedMedia {
    codecs = List.copyOf(codecs);
    rids = List.copyOf(rids);
    if (codecs.isEmpty()) {
      throw new IllegalArgumentException("a media section needs a codec");
    }
  }

  public OfferedMedia(MediaKind kind, OfferedCodec... codecs) {
    this(kind, List.of(codecs), List.of());
  }
}
