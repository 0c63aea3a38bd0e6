package io.wishbone.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Take no new sessions from now on, or take some again. Existing sessions go on, for which the
/// node still opens and asks for relays; the next [NodeHeartbeat] says which it is. Answered with
/// [DrainChanged].
///
/// @param sessionId names this exchange, and no session
/// @param draining whether the node is to be left alone
/// @param within after this time the node ends what is left of its sessions, and itself; sooner
///   when none is left. Null for a node that is to go on for as long as it has sessions, and after
public record Drain(SessionId sessionId, boolean draining, @Nullable Duration within)
    implements Command {

  public Drain {
    if (within != null && (within.isNegative() || !draining)) {
      throw new IllegalArgumentException("a time to end after that is none");
    }
  }

  /// Without an end.
  public Drain(SessionId sessionId, boolean draining) {
    this(sessionId, draining, null);
  }
}
