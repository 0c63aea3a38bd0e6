package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeHeartbeat;
import java.time.Instant;

/// What a node has said about itself.
///
/// @param at when it came here, by the clock of this process
record HeardReport(NodeHeartbeat heartbeat, Instant at) {}
