package io.wishbone.signaling.dispatch;

import io.wishbone.control.SessionId;
import io.wishbone.store.Remembered;
import io.wishbone.store.SessionRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers what a test says.
final class MemoryOfTheTest implements Remembered {

  private final Map<SessionId, SessionRecord> sessions = new ConcurrentHashMap<>();
  private volatile boolean askedFor;

  void setAskedFor(boolean isAskedFor) {
    askedFor = isAskedFor;
  }

  @Override
  public boolean isAskedFor() {
    return askedFor;
  }

  @Override
  public @Nullable SessionRecord session(SessionId id) {
    return sessions.get(id);
  }

  @Override
  public void watch(Consumer<SessionRecord> watcher) {}

  @Override
  public void note(SessionRecord session) {
    sessions.put(session.id(), session);
  }

  @Override
  public void end(SessionId id) {}
}
