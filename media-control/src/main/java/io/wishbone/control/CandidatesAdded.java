package io.wishbone.control;

/// The candidates were taken in, or silently skipped where they are of no use.
public record CandidatesAdded(SessionId sessionId) implements Reply {}
