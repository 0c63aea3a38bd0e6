package io.wishbone.signaling.scale;

/// Operations of the store that something costs. `StoreOperationsTest` counts them. Nobody looks at
/// all nodes for it: each process has a copy of them, which it reads anew a few times a second.
///
/// @param reads of one entry
/// @param writes of one entry, compare-and-set included
public record StoreLoad(int reads, int writes) {

  /// A publisher's POST, with the look for edges to tell.
  public static final StoreLoad PUBLISH = new StoreLoad(4, 3);

  /// A viewer's POST that ends at the origin.
  public static final StoreLoad PLAY = new StoreLoad(5, 2);

  /// A viewer's POST that ends at a node that has the stream from another one.
  public static final StoreLoad PLAY_AT_EDGE = new StoreLoad(6, 2);

  /// A viewer's.
  public static final StoreLoad DELETE = new StoreLoad(1, 1);

  /// With the stream, which is free afterwards.
  public static final StoreLoad DELETE_BY_PUBLISHER = new StoreLoad(1, 2);

  /// What the node reports after it, of a viewer.
  public static final StoreLoad ENDED = new StoreLoad(1, 1);

  /// What the node reports after it, of a publisher.
  public static final StoreLoad PUBLISHER_ENDED = new StoreLoad(2, 0);

  /// Of one node: each process of signalling stores it, unless its copy shows that another one has.
  public static final StoreLoad HEARTBEAT = new StoreLoad(0, 1);

  /// That the stream comes from its publisher, every five seconds.
  public static final StoreLoad REPORT_OF_ORIGIN = new StoreLoad(0, 0);

  /// That the stream comes from where it should, every five seconds. One after which four seconds
  /// have passed writes the edge as well.
  public static final StoreLoad REPORT_OF_EDGE = new StoreLoad(2, 0);

  /// Each session that a node names, every half minute.
  public static final StoreLoad SESSION_ALIVE = new StoreLoad(1, 1);

  int operations() {
    return reads + writes;
  }
}
