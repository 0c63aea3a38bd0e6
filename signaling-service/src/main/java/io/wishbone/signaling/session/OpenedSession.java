package io.wishbone.signaling.session;

import io.wishbone.control.SessionId;
import io.wishbone.signaling.http.EntityTag;

/// What the client of a new session is told.
public record OpenedSession(SessionId id, EntityTag entityTag, String answer) {}
