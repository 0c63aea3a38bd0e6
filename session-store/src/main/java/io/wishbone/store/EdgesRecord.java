package io.wishbone.store;

import io.wishbone.control.StreamName;
import java.util.List;

/// The nodes that carry a stream besides its origin: a tree whose root is the origin.
public record EdgesRecord(StreamName stream, List<Edge> edges) {
  public EdgesRecord {
    edges = List.copyOf(edges);
  }
}
