package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// Send a subscriber this quality of the picture. What is named is sent whatever the path carries;
/// the rest, within the limits, the node chooses by the path. It holds for the rest of the session,
/// or until the next choice; it is fallen back from as long as the quality is not there. Answered
/// with [LayerSelected] or [Refused].
///
/// @param rid the name of a simulcast encoding; null leaves the choice to the node
/// @param maxWidth the widest picture that the node may choose, in pixels; null for any
/// @param maxHeight the highest picture that the node may choose, in pixels; null for any
/// @param spatialLayer the spatial layer of the encoding that is to be seen; null for none in
///   particular
/// @param temporalLayer the temporal layer up to which frames are to be seen; null for none in
///   particular
/// @param maxSpatialLayer the highest spatial layer that the node may choose; null for any
/// @param maxTemporalLayer the highest temporal layer that the node may choose; null for any
public record SelectLayer(
    SessionId sessionId,
    @Nullable String rid,
    @Nullable Integer maxWidth,
    @Nullable Integer maxHeight,
    @Nullable Integer spatialLayer,
    @Nullable Integer temporalLayer,
    @Nullable Integer maxSpatialLayer,
    @Nullable Integer maxTemporalLayer)
    implements Command {

  /// A wish that says nothing of layers within an encoding.
  public SelectLayer(
      SessionId sessionId,
      @Nullable String rid,
      @Nullable Integer maxWidth,
      @Nullable Integer maxHeight) {
    this(sessionId, rid, maxWidth, maxHeight, null, null, null, null);
  }
}
