package io.wishbone.signaling.dispatch;

import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeId;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionStore;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What is known of silent nodes, with the time of the test.
@Alternative
@Singleton
public class LostNodesByTheTestsTime {

  private static final Duration STEP = Duration.ofMillis(500);

  private final AtomicLong now = new AtomicLong();
  private @Nullable LostNodes lostNodes;

  @Produces
  @Singleton
  @Alternative
  synchronized LostNodes lostNodes(
      SessionStore sessions, NodeStore nodes, LostNodeStore claims, EventPublisher events) {
    lostNodes = new LostNodes(sessions, nodes, claims, events, now::get);
    return lostNodes;
  }

  /// Lets time pass while these nodes say that they are alive.
  public synchronized void pass(Duration time, List<NodeId> speaking) {
    for (long left = time.toNanos(); left > 0; left -= STEP.toNanos()) {
      now.addAndGet(STEP.toNanos());
      if (lostNodes != null) {
        speaking.forEach(lostNodes::heard);
        // What looks at lost nodes a few times a second.
        lostNodes.look();
      }
    }
  }
}
