package io.wishbone.signaling.dispatch;

import io.wishbone.control.ExamineSessions;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsExamined;
import io.wishbone.store.SessionRecord;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks a node whether it has a session. The store may say so although it is long over: when the
/// halves of a store that was split meet again, what one of them had forgotten is back.
@Singleton
public final class SessionsAtNodes {

  /// What a node knows of a session.
  public enum Presence {
    /// The node has it.
    THERE,
    /// The node has no such session, or it has ended there.
    GONE,
    /// The node has not said so in time: nothing is known.
    UNHEARD
  }

  private final Dispatcher dispatcher;
  private final SecureRandom random = new SecureRandom();

  SessionsAtNodes(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /// Waits for the node, on the caller's thread; not for one that is silent.
  ///
  /// @param session that was open: of one that is being opened its node may not know yet
  /// @param patience how long to wait at most
  public Presence look(SessionRecord session, Duration patience) {
    if (dispatcher.isSilent(session.node())) {
      return Presence.UNHEARD;
    }
    var question = new ExamineSessions(SessionId.generate(random), List.of(session.id()));
    CompletableFuture<Reply> reply = dispatcher.ask(session.node(), question).toCompletableFuture();
    try {
      return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS)
              instanceof SessionsExamined examined
          ? presence(session.id(), examined)
          : Presence.UNHEARD;
    } catch (ExecutionException | TimeoutException _) {
      return Presence.UNHEARD;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Presence.UNHEARD;
    }
  }

  private static Presence presence(SessionId id, SessionsExamined examined) {
    return examined.diagnoses().stream()
            .anyMatch(each -> each.sessionId().equals(id) && !each.ended())
        ? Presence.THERE
        : Presence.GONE;
  }
}
