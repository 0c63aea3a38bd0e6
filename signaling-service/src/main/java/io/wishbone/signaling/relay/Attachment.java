package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.store.Edge;
import org.jspecify.annotations.Nullable;

/// Where a node is to have a stream from.
///
/// @param added the edge that was made for it; null when it was there before
public record Attachment(NodeId parent, @Nullable Edge added) {}
