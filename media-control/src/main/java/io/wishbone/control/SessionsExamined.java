package io.wishbone.control;

import java.util.List;

/// How the sessions fare that [ExamineSessions] asked about.
///
/// @param sessionId that of the command
/// @param diagnoses of those that the node knows
public record SessionsExamined(SessionId sessionId, List<SessionDiagnosis> diagnoses)
    implements Reply {

  public SessionsExamined {
    diagnoses = List.copyOf(diagnoses);
  }
}
