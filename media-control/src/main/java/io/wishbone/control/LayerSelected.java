package io.wishbone.control;

/// The quality of the picture was chosen. It changes at the next keyframe, which is asked for.
public record LayerSelected(SessionId sessionId) implements Reply {}
