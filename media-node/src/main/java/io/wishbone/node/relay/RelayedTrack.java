package io.wishbone.node.relay;

import io.wishbone.node.negotiation.NegotiatedTrack;
import java.util.List;

/// A track as a parent passes it on.
///
/// @param negotiated what was agreed on with the source, in the source's numbering
public record RelayedTrack(NegotiatedTrack negotiated, List<RelayedEncoding> encodings) {
  public RelayedTrack {
    encodings = List.copyOf(encodings);
  }
}
