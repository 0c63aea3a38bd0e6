package io.wishbone.control;

/// The node cannot answer the offer, but offers what it has instead. There is no session yet; the
/// subscriber's answer makes one, unless it comes too late.
///
/// @param offer the SDP offer, with all of the node's candidates
public record CounterOffered(SessionId sessionId, String offer) implements Reply {}
