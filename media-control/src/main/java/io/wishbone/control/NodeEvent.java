package io.wishbone.control;

/// What a media node reports without being asked.
public sealed interface NodeEvent
    permits SessionConnected, SessionEnded, SessionsAlive, StreamStatus, NodeHeartbeat {}
