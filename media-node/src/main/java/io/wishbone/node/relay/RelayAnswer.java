package io.wishbone.node.relay;

import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedPeer;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parent's answer.
///
/// @param peer the parent's side of the transport
/// @param candidates where the parent is
public record RelayAnswer(
    NegotiatedPeer peer, List<IceCandidate> candidates, RelayDescription description) {
  public RelayAnswer {
    candidates = List.copyOf(candidates);
  }

  /// Writes an answer in the sections of [RelayOffer#write].
  public static String write(RelayDescription description, LocalTransport local) {
    List<MediaDescription> media = new ArrayList<>();
    List<String> mids = new ArrayList<>();
    for (Codec.Kind kind : Codec.Kind.values()) {
      String mid = Integer.toString(media.size());
      RelayedTrack track = track(description, kind);
      if (track == null) {
        media.add(
            MediaDescription.builder(RelayOffer.name(kind), 0, "UDP/TLS/RTP/SAVPF")
                .format("0")
                .mid(mid)
                .build());
      } else {
        media.add(RelayedSection.write(track, mid, mids.isEmpty(), local));
        mids.add(mid);
      }
    }
    var path = new Attribute(RelaySdp.PATH, String.join(" ", description.path()));
    return RelaySdp.description(local, mids, List.of(path), media).write();
  }

  private static @Nullable RelayedTrack track(RelayDescription description, Codec.Kind kind) {
    for (RelayedTrack track : description.tracks()) {
      if (track.negotiated().codec().kind() == kind) {
        return track;
      }
    }
    return null;
  }

  /// Reads what [#write] has written at the other node.
  ///
  /// @throws RelayRejectedException when it is something else
  public static RelayAnswer read(String text) throws RelayRejectedException {
    SessionDescription answer = RelaySdp.parse(text);
    List<MediaDescription> taken =
        answer.media().stream().filter(section -> !section.isRejected()).toList();
    if (taken.isEmpty() || taken.size() > Codec.Kind.values().length) {
      throw new RelayRejectedException("the answer has no track, or too many");
    }
    MediaDescription first = taken.getFirst();
    NegotiatedPeer peer = RelaySdp.peer(first, SetupRole.PASSIVE, DtlsRole.CLIENT);
    List<RelayedTrack> tracks = new ArrayList<>();
    for (MediaDescription section : taken) {
      if (section.direction() != Direction.SENDONLY) {
        throw new RelayRejectedException("a section of the answer does not send");
      }
      tracks.add(RelayedSection.read(section));
    }
    return new RelayAnswer(peer, first.candidates(), new RelayDescription(path(answer), tracks));
  }

  /// The answer's tracks.
  public List<NegotiatedTrack> tracks() {
    return description.tracks().stream().map(RelayedTrack::negotiated).toList();
  }

  private static List<String> path(SessionDescription answer) throws RelayRejectedException {
    for (Attribute attribute : answer.attributes()) {
      String value = attribute.value();
      if (attribute.name().equals(RelaySdp.PATH) && value != null && !value.isBlank()) {
        return List.of(value.strip().split(" +"));
      }
    }
    throw new RelayRejectedException("the answer does not say which way the stream has come");
  }
}
