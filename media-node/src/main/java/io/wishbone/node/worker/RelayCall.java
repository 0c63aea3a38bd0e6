package io.wishbone.node.worker;

/// A question to whoever has a stream: to send it here. The answer goes to [Relays#answered].
///
/// @param relayId what the relay is to be called at both ends, another one with every call
/// @param offer the SDP offer
public record RelayCall(String relayId, String stream, Parent parent, String offer) {}
