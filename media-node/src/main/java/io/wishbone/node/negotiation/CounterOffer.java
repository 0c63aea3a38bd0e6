package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.SessionDescription;
import java.util.List;

/// An offer of ours, and what we promise in it, section by section.
public record CounterOffer(SessionDescription offer, List<NegotiatedTrack> tracks) {
  public CounterOffer {
    tracks = List.copyOf(tracks);
  }
}
