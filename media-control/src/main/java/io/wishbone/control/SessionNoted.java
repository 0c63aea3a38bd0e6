package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// A session is open, or has a new ICE session. Told by the process of signalling that has noted it
/// in the store, so that all others know, while the store is away, where the session is and what
/// its client may ask for.
///
/// @param entityTag the opaque part of the entity-tag that names the current ICE session
/// @param usernameFragment of the client in the current ICE session
/// @param password of the client in the current ICE session
/// @param videoSection which m-line carries the picture, counted from 0; null without, or not known
/// @param subject who opened it according to their token, null without
/// @param key the id of the stream key that opened it, null without
/// @param trace `traceparent` of the request that opened it, null when nothing is recorded
/// @param createdMillis when it was opened, milliseconds since 1970
public record SessionNoted(
    SessionId sessionId,
    StreamName stream,
    SessionRole role,
    NodeId node,
    String entityTag,
    String usernameFragment,
    String password,
    @Nullable Integer videoSection,
    @Nullable String subject,
    @Nullable String key,
    @Nullable String trace,
    long createdMillis)
    implements NodeEvent {

  /// Keeps what others might use out of logs.
  @Override
  public String toString() {
    return "SessionNoted[stream=" + stream + ", role=" + role + ", node=" + node + "]";
  }
}
