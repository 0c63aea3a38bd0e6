package io.wishbone.control;

/// What a media node reports without being asked; and what a process of signalling tells all others
/// of a session, on the same way.
public sealed interface NodeEvent
    permits SessionConnected,
        SessionEnded,
        SessionOutgrown,
        SessionsAlive,
        SessionNoted,
        StreamStatus,
        NodeHeartbeat {}
