package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/// A stream that this worker is to send to another one.
///
/// @param edge the node that asks; null for another worker of this one
/// @param offer as [io.wishbone.node.relay.RelayOffer] writes them
public record RelayRequest(
    String relayId, String stream, @Nullable String edge, SessionDescription offer) {}
