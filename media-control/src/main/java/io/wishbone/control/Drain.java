package io.wishbone.control;

/// Take no new sessions from now on, or take some again. Existing sessions go on, for which the
/// node still opens and asks for relays; the next [NodeHeartbeat] says which it is. Answered with
/// [DrainChanged].
///
/// @param sessionId names this exchange, and no session
/// @param draining whether the node is to be left alone
public record Drain(SessionId sessionId, boolean draining) implements Command {}
