package io.wishbone.node.relay;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Track;
import java.util.ArrayList;
import java.util.List;

/// What a parent says of a stream that it passes on.
///
/// @param path the nodes that the stream has come through, its origin first, the parent last
public record RelayDescription(List<String> path, List<RelayedTrack> tracks) {

  /// The most nodes that a path may have. Each adds a hop of delay; and a path that has become that
  /// long is more likely a mistake than a plan.
  public static final int MAX_PATH = 8;

  public RelayDescription {
    path = List.copyOf(path);
    tracks = List.copyOf(tracks);
  }

  /// What there is of a source now.
  ///
  /// @param tracks of the source, in the order of what was negotiated with it
  public static RelayDescription of(
      List<String> path, List<NegotiatedTrack> negotiated, List<Track> tracks) {
    List<RelayedTrack> relayed = new ArrayList<>();
    for (int i = 0; i < negotiated.size(); i++) {
      List<RelayedEncoding> encodings =
          tracks.get(i).encodings().stream().map(RelayedEncoding::of).toList();
      relayed.add(new RelayedTrack(negotiated.get(i), encodings));
    }
    return new RelayDescription(path, relayed);
  }
}
