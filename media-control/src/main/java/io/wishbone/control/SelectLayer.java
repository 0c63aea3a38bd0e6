package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// Send a subscriber this quality of the picture. The choice holds for the rest of the session, or
/// until the next one; it is fallen back from as long as the quality is not there. Answered with
/// [LayerSelected] or [Refused].
///
/// @param rid the name of a simulcast encoding; null leaves the choice to the node
/// @param maxWidth the widest picture that the node may choose, in pixels; null for any
/// @param maxHeight the highest picture that the node may choose, in pixels; null for any
public record SelectLayer(
    SessionId sessionId,
    @Nullable String rid,
    @Nullable Integer maxWidth,
    @Nullable Integer maxHeight)
    implements Command {}
