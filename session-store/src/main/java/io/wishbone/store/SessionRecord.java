package io.wishbone.store;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One WHIP or WHEP session, as signalling knows it.
///
/// @param entityTag the opaque part of the strong entity-tag that names the current ICE session;
///   changes with every ICE restart and with nothing else (RFC 9725 section 4.3.1)
/// @param remoteIce the client's side of the current ICE session
/// @param subject who opened the session according to their token, null without tokens
/// @param key the id of the stream key that opened the session, null without one
public record SessionRecord(
    SessionId id,
    StreamName stream,
    SessionRole role,
    NodeId node,
    SessionState state,
    String entityTag,
    RemoteIce remoteIce,
    @Nullable String subject,
    @Nullable String key,
    Instant createdAt) {

  /// A session that was opened without a stream key.
  public SessionRecord(
      SessionId id,
      StreamName stream,
      SessionRole role,
      NodeId node,
      SessionState state,
      String entityTag,
      RemoteIce remoteIce,
      @Nullable String subject,
      Instant createdAt) {
    this(id, stream, role, node, state, entityTag, remoteIce, subject, null, createdAt);
  }

  public SessionRecord withState(SessionState next) {
    return new SessionRecord(
        id, stream, role, node, next, entityTag, remoteIce, subject, key, createdAt);
  }

  /// The same session with a new ICE session.
  public SessionRecord withIceSession(String nextEntityTag, RemoteIce nextRemoteIce) {
    return new SessionRecord(
        id, stream, role, node, state, nextEntityTag, nextRemoteIce, subject, key, createdAt);
  }
}
