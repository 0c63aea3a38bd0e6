package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.Remembered;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What one process tells, the others remember.
class SessionNotesTest {

  private static final SessionRecord SESSION =
      new SessionRecord(
          new SessionId("%022d".formatted(1)),
          new StreamName("studio"),
          SessionRole.SUBSCRIBER,
          new NodeId("node-1"),
          SessionState.OPEN,
          "tag",
          new RemoteIce("ufrag", "password"),
          1,
          "alice",
          "camera",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          Instant.parse("2026-11-27T09:00:00.123Z"));

  private static final class Memory implements Remembered {
    private final Map<SessionId, SessionRecord> sessions = new HashMap<>();
    private Consumer<SessionRecord> watcher = _ -> {};

    @Override
    public boolean isAskedFor() {
      return false;
    }

    @Override
    public @Nullable SessionRecord session(SessionId id) {
      return sessions.get(id);
    }

    @Override
    public void watch(Consumer<SessionRecord> next) {
      watcher = next;
    }

    @Override
    public void note(SessionRecord session) {
      sessions.put(session.id(), session);
    }

    @Override
    public void end(SessionId id) {
      sessions.computeIfPresent(id, (_, before) -> before.withState(SessionState.ENDED));
    }
  }

  private final List<NodeEvent> published = new ArrayList<>();
  private final Memory here = new Memory();
  private final Memory there = new Memory();
  private final SessionNotes notes = new SessionNotes(here, published::add);
  private final SessionNotes others = new SessionNotes(there, _ -> {});

  @Test
  void bringAnOpenSessionToAllOthersAsItIs() {
    notes.start(new StartupEvent());
    here.watcher.accept(SESSION);
    assertThat(published).hasSize(1);
    others.take((SessionNoted) published.getFirst());
    assertThat(there.session(SESSION.id())).isEqualTo(SESSION);
    assertThat(published.getFirst().toString())
        .doesNotContain("password", "tag", SESSION.id().value());

    others.take(
        new SessionEnded(
            SESSION.id(), SESSION.stream(), SESSION.role(), CloseReason.SILENT, "7 s"));
    assertThat(there.session(SESSION.id())).isEqualTo(SESSION.withState(SessionState.ENDED));
  }

  @Test
  void sayNothingOfSessionsThatAreNotOpen() {
    notes.start(new StartupEvent());
    for (SessionState state : SessionState.values()) {
      if (state != SessionState.OPEN) {
        here.watcher.accept(SESSION.withState(state));
      }
    }
    assertThat(published).isEmpty();
  }
}
