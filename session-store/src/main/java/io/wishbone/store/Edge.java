package io.wishbone.store;

import io.wishbone.control.NodeId;
import java.time.Instant;

/// A node that has a stream from another one.
///
/// @param parent where it has the stream from: the stream's origin, or another edge
/// @param seenAt when it last said so, by the clock of whoever heard it
public record Edge(NodeId node, NodeId parent, Instant seenAt) {}
