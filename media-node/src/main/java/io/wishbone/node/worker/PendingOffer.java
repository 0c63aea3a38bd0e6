package io.wishbone.node.worker;

import io.wishbone.node.negotiation.CounterOffer;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.webrtc.ice.IceAgent;

/// An offer of ours that waits for the viewer's answer. There is no session yet, and nothing that
/// the viewer sends is listened to.
///
/// @param request of the viewer, which could not be answered
/// @param deadlineNanos when the offer is no longer good
record PendingOffer(
    OpenRequest request,
    IceAgent ice,
    LocalTransport local,
    CounterOffer offer,
    long deadlineNanos) {}
