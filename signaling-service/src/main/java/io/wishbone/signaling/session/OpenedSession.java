package io.wishbone.signaling.session;

import io.wishbone.control.SessionId;
import io.wishbone.signaling.http.EntityTag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What the client of a new session is told.
///
/// @param description the node's answer, or an offer of its own
/// @param validUntil until when the client may answer the offer; null when there is nothing to
///   answer
public record OpenedSession(
    SessionId id, EntityTag entityTag, String description, @Nullable Instant validUntil) {}
