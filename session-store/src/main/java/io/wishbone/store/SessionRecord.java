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
/// @param videoSection which m-line of the session's description carries the picture, counted from
///   0; null without picture, or as long as that is not known
/// @param subject who opened the session according to their token, null without tokens
/// @param key the id of the stream key that opened the session, null without one
/// @param trace what the request that opened the session was recorded as: a `traceparent` of W3C
///   Trace Context, so that what is done for the session later becomes part of the same trace; null
///   where nothing is recorded
public record SessionRecord(
    SessionId id,
    StreamName stream,
    SessionRole role,
    NodeId node,
    SessionState state,
    String entityTag,
    RemoteIce remoteIce,
    @Nullable Integer videoSection,
    @Nullable String subject,
    @Nullable String key,
    @Nullable String trace,
    Instant createdAt) {

  /// A session that was opened without a stream key and is not traced, and of which only the offer
  /// is known.
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
    this(id, stream, role, node, state, entityTag, remoteIce, null, subject, null, null, createdAt);
  }

  public SessionRecord withState(SessionState next) {
    return new SessionRecord(
        id,
        stream,
        role,
        node,
        next,
        entityTag,
        remoteIce,
        videoSection,
        subject,
        key,
        trace,
        createdAt);
  }

  /// The same session, of which it is known now which m-line carries the picture.
  public SessionRecord withVideoSection(@Nullable Integer section) {
    return new SessionRecord(
        id, stream, role, node, state, entityTag, remoteIce, section, subject, key, trace,
        createdAt);
  }

  /// The same session with a new ICE session.
  public SessionRecord withIceSession(String nextEntityTag, RemoteIce nextRemoteIce) {
    return new SessionRecord(
        id,
        stream,
        role,
        node,
        state,
        nextEntityTag,
        nextRemoteIce,
        videoSection,
        subject,
        key,
        trace,
        createdAt);
  }
}
