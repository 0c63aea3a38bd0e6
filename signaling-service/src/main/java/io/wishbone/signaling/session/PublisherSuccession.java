package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.auth.RedirectGrants;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.relay.Reparenting;
import io.wishbone.store.DetourStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.UnreadableEntryException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What follows when a publisher is open: the one that it replaces is ended, and whoever watches
/// the stream has it from the new one. Nothing of it undoes the new one: what the store does not
/// hear now, it hears when a node names the replaced one.
@Singleton
final class PublisherSuccession {

  private static final Logger LOG = Logger.getLogger(PublisherSuccession.class);
  private static final Duration END_OF_OLD = Duration.ofMillis(300);

  private final SessionStore sessions;
  private final DetourStore detours;
  private final Dispatcher dispatcher;
  private final RedirectGrants grants;
  private final Reparenting reparenting;

  PublisherSuccession(
      SessionStore sessions,
      DetourStore detours,
      Dispatcher dispatcher,
      RedirectGrants grants,
      Reparenting reparenting) {
    this.sessions = sessions;
    this.detours = detours;
    this.dispatcher = dispatcher;
    this.grants = grants;
    this.reparenting = reparenting;
  }

  /// @param publisher that is open, and has the stream
  /// @param replaced who had it, null for nobody
  void follow(SessionRecord publisher, @Nullable StreamRecord replaced) {
    CompletionStage<Void> oldHasEnded =
        replaced == null ? CompletableFuture.completedStage(null) : end(replaced, publisher);
    if (grants.isUsed()) {
      forgetDetour(publisher);
    }
    tellEdges(publisher, oldHasEnded);
  }

  /// The node of both has ended it already.
  ///
  /// @return complete when the replaced one has ended at another node
  private CompletionStage<Void> end(StreamRecord replaced, SessionRecord publisher) {
    LOG.infof("The publisher of stream %s is replaced", replaced.stream());
    try {
      // Its node may be cut off, and hear of it when it is back.
      sessions.endLost(replaced.publisher());
    } catch (StoreUnavailableException | UnreadableEntryException failure) {
      LOG.debugf("A replaced publisher is ended when it is named: %s", failure.getMessage());
    }
    return replaced.node().equals(publisher.node())
        ? CompletableFuture.completedStage(null)
        : dispatcher.abandon(replaced.node(), replaced.publisher(), CloseReason.REPLACED);
  }

  /// As long as the stream has a publisher here, nobody follows it elsewhere anyway.
  private void forgetDetour(SessionRecord publisher) {
    try {
      detours.remove(publisher.stream());
    } catch (StoreUnavailableException failure) {
      LOG.debugf("A detour is not forgotten yet: %s", failure.getMessage());
    }
  }

  /// Nodes that have viewers of the stream are to have it from this publisher. One that has the old
  /// publisher still refuses that, so it is given a moment to end it; if it is gone, nobody waits
  /// for it.
  private void tellEdges(SessionRecord publisher, CompletionStage<Void> oldHasEnded) {
    TraceParent trace = TraceParent.current();
    Runnable told =
        () ->
            TraceParent.run(
                trace, () -> reparenting.published(publisher.stream(), publisher.node()));
    var _ =
        oldHasEnded
            .toCompletableFuture()
            .completeOnTimeout(null, END_OF_OLD.toMillis(), TimeUnit.MILLISECONDS)
            .thenRunAsync(told, Thread::startVirtualThread)
            .exceptionally(failure -> {
              LOG.errorf(failure, "Edges of stream %s were not told", publisher.stream());
              return null;
            });
  }
}
