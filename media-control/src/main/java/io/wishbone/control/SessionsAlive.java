package io.wishbone.control;

import java.util.List;

/// These sessions are at the node and have not ended. Sent every half minute, in several parts when
/// there are many: a session that is not named for long is gone, even if nobody heard of its end.
///
/// @param sessions at most [#MAX_SESSIONS]
public record SessionsAlive(NodeId node, List<SessionId> sessions) implements NodeEvent {

  /// So many ids are well below the size of a message.
  public static final int MAX_SESSIONS = 1000;

  public SessionsAlive {
    sessions = List.copyOf(sessions);
  }
}
