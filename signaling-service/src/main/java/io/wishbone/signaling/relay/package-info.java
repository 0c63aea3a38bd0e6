/// How a stream gets to more nodes than the one that its publisher sends it to: a tree of nodes,
/// each of which has the stream from its parent. The root is the stream's origin.
///
/// [io.wishbone.store.EdgesRecord] says what the tree is to be; what nodes report says what it is.
/// Where the two differ, nodes are told again. Several processes do all of this at the same time:
/// whoever changes the record with a compare-and-set is the one that tells the node.
///
/// Threads: any that may wait for the store. Nodes are told by virtual threads.
///
/// Left out on purpose: media, and which node a viewer goes to, which
/// [io.wishbone.signaling.placement] decides.
///
/// Read first: [io.wishbone.signaling.relay.RelayTree], then
/// [io.wishbone.signaling.relay.EdgeReports].
@NullMarked
package io.wishbone.signaling.relay;

import org.jspecify.annotations.NullMarked;
