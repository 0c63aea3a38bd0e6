package io.wishbone.node.negotiation;

import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.Attribute;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.RidDescription;
import io.wishbone.webrtc.sdp.RidDirection;
import io.wishbone.webrtc.sdp.SimulcastDescription;
import io.wishbone.webrtc.sdp.SimulcastStream;
import io.wishbone.webrtc.sdp.SimulcastStream.Alternative;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The answer to simulcast (RFC 8853 section 5.3.2, RFC 8851 section 6).
///
/// All streams are taken: OBS fails when the answer has fewer than it offered. Of the alternatives
/// of a stream the first is taken that the chosen codec may be sent as, and all of simulcast is
/// declined when a stream has none.
final class SimulcastAnswer {
  private SimulcastAnswer() {}

  /// The names of the encodings to expect, empty without simulcast. Without the extension that
  /// names a packet's encoding, encodings cannot be told apart.
  static List<String> rids(
      MediaDescription section, OfferedFormat format, Map<String, Integer> extensions) {
    SimulcastDescription simulcast = section.simulcast();
    if (simulcast == null || !extensions.containsKey(HeaderExtensionUris.RID)) {
      return List.of();
    }
    List<RidDescription> described = section.rids();
    Set<String> rids = new LinkedHashSet<>();
    for (SimulcastStream stream : simulcast.send()) {
      String rid =
          stream.alternatives().stream()
              .map(Alternative::rid)
              .filter(name -> described.stream().anyMatch(d -> isSendable(d, name, format)))
              .findFirst()
              .orElse(null);
      if (rid == null) {
        return List.of();
      }
      rids.add(rid);
    }
    return List.copyOf(rids);
  }

  private static boolean isSendable(RidDescription described, String rid, OfferedFormat format) {
    return described.id().equals(rid)
        && (described.payloadTypes().isEmpty()
            || described.payloadTypes().contains(format.payloadType()));
  }

  /// The lines for what [#rids] has taken. Restrictions are repeated, since an answer must not
  /// loosen them; of the payload types only the chosen one is left.
  static List<Attribute> attributes(MediaDescription section, NegotiatedTrack track) {
    if (track.rids().isEmpty()) {
      return List.of();
    }
    List<Attribute> attributes = new ArrayList<>();
    for (RidDescription rid : section.rids()) {
      if (track.rids().contains(rid.id())) {
        List<Integer> payloadTypes =
            rid.payloadTypes().isEmpty() ? List.of() : List.of(track.format().payloadType());
        attributes.add(
            new RidDescription(rid.id(), RidDirection.RECV, payloadTypes, rid.restrictions())
                .attribute());
      }
    }
    List<SimulcastStream> streams = track.rids().stream().map(SimulcastStream::of).toList();
    attributes.add(new SimulcastDescription(List.of(), streams).attribute());
    return attributes;
  }
}
