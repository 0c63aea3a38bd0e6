package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;

/// The outcome: the answer, and the same facts for the session.
///
/// @param peer how the transport is set up
/// @param tracks at most one of sound and one of picture
public record Negotiation(
    SessionDescription answer, NegotiatedPeer peer, List<NegotiatedTrack> tracks) {
  public Negotiation {
    tracks = List.copyOf(tracks);
  }
}
