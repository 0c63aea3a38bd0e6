package io.wishbone.control;

import java.util.List;

/// How a stream is doing at a node. Sent at once when the stream gets or loses its publisher, at
/// most once a second when something else has changed, and every few seconds in any case: whoever
/// hears nothing of a stream for long may forget it. The last one of a stream that nobody publishes
/// or watches any more says just that.
///
/// @param live whether the stream has a publisher at the node
/// @param viewers sessions that are connected and receive the stream from the node
/// @param layers the qualities of its picture, at most [#MAX_LAYERS]; empty without one
public record StreamStatus(
    NodeId node, StreamName stream, boolean live, int viewers, List<VideoLayer> layers)
    implements NodeEvent {

  /// Far more than a simulcast has.
  public static final int MAX_LAYERS = 32;

  public StreamStatus {
    layers = List.copyOf(layers);
  }
}
