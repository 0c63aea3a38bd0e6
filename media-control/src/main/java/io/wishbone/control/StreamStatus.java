package io.wishbone.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a stream is doing at a node. Sent at once when the stream gets or loses its publisher, at
/// most once a second when something else has changed, and every few seconds in any case: whoever
/// hears nothing of a stream for long may forget it. The last one of a stream that nobody publishes
/// or watches any more says just that.
///
/// @param live whether the node has the stream: from its publisher, or from another node
/// @param viewers sessions that are connected and receive the stream from the node, other nodes not
///   counted
/// @param layers the qualities of its picture, at most [#MAX_LAYERS]; empty without one
/// @param parent the node that this one has, or last had, the stream from; null when that is, or
///   was, the publisher itself
public record StreamStatus(
    NodeId node,
    StreamName stream,
    boolean live,
    int viewers,
    List<VideoLayer> layers,
    @Nullable NodeId parent)
    implements NodeEvent {

  /// Far more than a simulcast has.
  public static final int MAX_LAYERS = 32;

  public StreamStatus {
    layers = List.copyOf(layers);
  }

  /// At a node that depends on no other.
  public StreamStatus(
      NodeId node, StreamName stream, boolean live, int viewers, List<VideoLayer> layers) {
    this(node, stream, live, viewers, layers, null);
  }
}
