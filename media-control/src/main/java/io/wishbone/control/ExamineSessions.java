package io.wishbone.control;

import java.util.List;

/// Say how these sessions fare. Answered with [SessionsExamined].
///
/// @param sessionId names this exchange, and no session
/// @param sessions at most [#MAX_SESSIONS]; the node passes over those that it does not know
public record ExamineSessions(SessionId sessionId, List<SessionId> sessions) implements Command {

  /// What is said of so many sessions is well below the size of a message.
  public static final int MAX_SESSIONS = 250;

  public ExamineSessions {
    if (sessions.size() > MAX_SESSIONS) {
      throw new IllegalArgumentException("more than " + MAX_SESSIONS + " sessions at once");
    }
    sessions = List.copyOf(sessions);
  }
}
