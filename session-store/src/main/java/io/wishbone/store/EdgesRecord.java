package io.wishbone.store;

import io.wishbone.control.StreamName;
import java.util.List;

/// The nodes that carry a stream besides its origin: a tree whose root is the origin.
///
/// @param write random: tells this write from another one that leads to the same tree at the same
///   moment, so that one of the two knows that it came too late
public record EdgesRecord(StreamName stream, List<Edge> edges, long write) {
  public EdgesRecord {
    edges = List.copyOf(edges);
  }

  /// For a stream that has none.
  public static EdgesRecord none(StreamName stream) {
    return new EdgesRecord(stream, List.of(), 0);
  }
}
