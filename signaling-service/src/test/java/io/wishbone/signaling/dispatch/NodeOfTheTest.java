package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.ExamineSessions;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionFigures;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsExamined;
import io.wishbone.control.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A node that says which sessions it has, and closes those that it is told to.
final class NodeOfTheTest implements CommandHandler {

  private final Set<SessionId> sessions = ConcurrentHashMap.newKeySet();
  private final Set<SessionId> ended = ConcurrentHashMap.newKeySet();
  private final List<CloseSession> closed = new CopyOnWriteArrayList<>();
  private volatile boolean silent;

  void has(SessionId... ids) {
    sessions.addAll(List.of(ids));
  }

  /// It had the session, and knows what that died of.
  void remembersTheEndOf(SessionId id) {
    ended.add(id);
  }

  void setSilent(boolean isSilent) {
    silent = isSilent;
  }

  /// What it was told to close, in that order.
  List<CloseSession> closed() {
    return List.copyOf(closed);
  }

  @Override
  public void handle(Command command, Consumer<Reply> reply) {
    switch (command) {
      case CloseSession close -> {
        closed.add(close);
        sessions.remove(close.sessionId());
        if (!silent) {
          reply.accept(new SessionClosed(close.sessionId()));
        }
      }
      case ExamineSessions examine -> {
        if (!silent) {
          reply.accept(examined(examine));
        }
      }
      default -> throw new IllegalStateException("not asked here: " + command);
    }
  }

  private SessionsExamined examined(ExamineSessions examine) {
    return new SessionsExamined(
        examine.sessionId(),
        examine.sessions().stream()
            .filter(id -> sessions.contains(id) || ended.contains(id))
            .map(id ->
                new SessionDiagnosis(
                    id,
                    Verdict.OK,
                    true,
                    ended.contains(id),
                    new SessionFigures(0, 0, 0, 0, 0, 0, 0, 0, null, null)))
            .toList());
  }
}
