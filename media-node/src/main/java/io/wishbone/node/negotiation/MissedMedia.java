package io.wishbone.node.negotiation;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What a viewer offered to receive and was refused because the stream had no sound, or no picture,
/// then: not what it was refused for its codecs.
///
/// @param codecs in which the viewer would take it; empty when it got all that it offered
public record MissedMedia(Set<Codec> codecs) {
  /// Nothing was missed.
  public static final MissedMedia NONE = new MissedMedia(Set.of());

  public MissedMedia {
    codecs = Set.copyOf(codecs);
  }

  /// @param source what was agreed on with the stream's publisher
  public static MissedMedia of(SessionDescription offer, List<NegotiatedTrack> source) {
    Set<Codec> missed = EnumSet.noneOf(Codec.class);
    for (MediaDescription section : offer.media()) {
      boolean video = section.kind() == MediaKind.VIDEO;
      if ((video || section.kind() == MediaKind.AUDIO)
          && !section.isRejected()
          && section.direction().receives()
          && source.stream().noneMatch(track -> track.codec().isVideo() == video)) {
        OfferedFormat.of(section).forEach(format -> missed.add(format.codec()));
      }
    }
    return new MissedMedia(missed);
  }

  /// Whether a source that sends this has any of it.
  public boolean isAmong(List<Codec> sent) {
    return sent.stream().anyMatch(codecs::contains);
  }
}
