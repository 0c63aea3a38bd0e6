package io.wishbone.signaling.scale;

/// Operations of the store that something costs. `StoreOperationsTest` counts them.
///
/// @param reads of one entry
/// @param writes of one entry, compare-and-set included
/// @param scans of all nodes
public record StoreLoad(int reads, int writes, int scans) {

  /// A publisher's POST, with the look for edges to tell.
  public static final StoreLoad PUBLISH = new StoreLoad(4, 3, 2);

  /// A viewer's POST that ends at the origin.
  public static final StoreLoad PLAY = new StoreLoad(7, 2, 1);

  /// A viewer's POST that ends at a node that has the stream from another one.
  public static final StoreLoad PLAY_AT_EDGE = new StoreLoad(8, 2, 2);

  public static final StoreLoad DELETE = new StoreLoad(1, 1, 0);

  /// Of one node, every second: each pod looks whether another has stored it already.
  public static final StoreLoad HEARTBEAT = new StoreLoad(1, 1, 0);

  /// That the stream comes from its publisher, every five seconds.
  public static final StoreLoad REPORT_OF_ORIGIN = new StoreLoad(0, 0, 0);

  /// That the stream comes from where it should, every five seconds. One after which four seconds
  /// have passed writes the edge as well. A process looks at the nodes four times a second at most.
  public static final StoreLoad REPORT_OF_EDGE = new StoreLoad(2, 0, 1);

  /// Each session that a node names, every half minute.
  public static final StoreLoad SESSION_ALIVE = new StoreLoad(1, 1, 0);
}
