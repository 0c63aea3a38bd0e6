package io.wishbone.signaling.admin;

import io.wishbone.control.ExamineSessions;
import io.wishbone.control.NodeId;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsExamined;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.store.SessionRecord;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Asks media nodes how sessions fare, all nodes at the same time. A node that does not say so soon
/// keeps nobody waiting: of its sessions nothing is known then.
@Singleton
final class Diagnoses {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Dispatcher dispatcher;
  private final SecureRandom random = new SecureRandom();

  Diagnoses(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  /// What is known of these sessions. On the thread of a request, which may wait.
  Map<SessionId, SessionDiagnosis> of(List<SessionRecord> sessions) {
    Map<NodeId, List<SessionId>> byNode =
        sessions.stream()
            .collect(
                Collectors.groupingBy(
                    SessionRecord::node,
                    Collectors.mapping(SessionRecord::id, Collectors.toList())));
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    byNode.forEach((node, ids) -> {
      for (int i = 0; i < ids.size(); i += ExamineSessions.MAX_SESSIONS) {
        List<SessionId> some =
            ids.subList(i, Math.min(ids.size(), i + ExamineSessions.MAX_SESSIONS));
        var command = new ExamineSessions(SessionId.generate(random), some);
        replies.add(dispatcher.ask(node, command).toCompletableFuture());
      }
    });
    await(replies);
    Map<SessionId, SessionDiagnosis> found = new HashMap<>();
    for (CompletableFuture<Reply> reply : replies) {
      if (reply.isDone()
          && !reply.isCompletedExceptionally()
          && reply.join() instanceof SessionsExamined examined) {
        examined.diagnoses().forEach(each -> found.put(each.sessionId(), each));
      }
    }
    return found;
  }

  private static void await(List<CompletableFuture<Reply>> replies) {
    try {
      CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new))
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // What the others say is shown.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
