package io.wishbone.signaling.webhooks;

import io.vertx.core.json.JsonObject;
import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that became of a stream or a session.
///
/// @param id the same however often it is told
/// @param type such as `session.ended`
/// @param session an alias of the session's id, with which nobody can end the session
/// @param reason why it ended, null when it did not
/// @param verdict what was wrong with it at its end, null when nothing is known to have been
record LifecycleEvent(
    String id,
    String type,
    Instant at,
    StreamName stream,
    SessionRole role,
    String session,
    @Nullable CloseReason reason,
    @Nullable Verdict verdict) {

  /// What a report of a media node says; most of them say nothing of the kind.
  static List<LifecycleEvent> of(NodeEvent report, Instant now) {
    return switch (report) {
      case SessionConnected(SessionId id, StreamName stream, SessionRole role) ->
          role == SessionRole.PUBLISHER
              ? List.of(
                  event("session.connected", now, stream, role, id, null, null),
                  event("stream.started", now, stream, role, id, null, null))
              : List.of(event("session.connected", now, stream, role, id, null, null));
      case SessionEnded(
              SessionId id,
              StreamName stream,
              SessionRole role,
              CloseReason reason,
              String _,
              Verdict verdict) ->
          role == SessionRole.PUBLISHER && reason != CloseReason.REPLACED
              ? List.of(
                  event("session.ended", now, stream, role, id, reason, verdict),
                  event("stream.ended", now, stream, role, id, reason, verdict))
              : List.of(event("session.ended", now, stream, role, id, reason, verdict));
      case SessionOutgrown _, SessionsAlive _, SessionNoted _, StreamStatus _, NodeHeartbeat _ ->
          List.of();
    };
  }

  private static LifecycleEvent event(
      String type,
      Instant at,
      StreamName stream,
      SessionRole role,
      SessionId id,
      @Nullable CloseReason reason,
      @Nullable Verdict verdict) {
    return new LifecycleEvent(
        id(id, type),
        type,
        at,
        stream,
        role,
        id.alias(),
        reason,
        verdict == Verdict.OK ? null : verdict);
  }

  /// The same whoever tells it, and however often: each of them happens once to a session.
  private static String id(SessionId session, String type) {
    byte[] name = (session.alias() + " " + type).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  JsonObject json() {
    var json =
        new JsonObject()
            .put("id", id)
            .put("type", type)
            .put("at", at.toString())
            .put("stream", stream.value())
            .put("role", role.name().toLowerCase(Locale.ROOT))
            .put("session", session);
    if (reason != null) {
      json.put("reason", reason.name().toLowerCase(Locale.ROOT));
    }
    if (verdict != null) {
      json.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
    }
    return json;
  }
}
