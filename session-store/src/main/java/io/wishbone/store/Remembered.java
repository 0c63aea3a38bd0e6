package io.wishbone.store;

import io.wishbone.control.SessionId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What this process remembers of sessions by itself: for a store that is away, or has lost or
/// forgotten them. It may be some sessions short, or out of date.
public interface Remembered {

  /// Of a store that ends with the process.
  Remembered NOTHING =
      new Remembered() {
        @Override
        public boolean isAskedFor() {
          return false;
        }

        @Override
        public @Nullable SessionRecord session(SessionId id) {
          return null;
        }

        @Override
        public void watch(Consumer<SessionRecord> watcher) {}

        @Override
        public void note(SessionRecord session) {}

        @Override
        public void end(SessionId id) {}
      };

  /// Whether the store is back since a moment only.
  boolean isAskedFor();

  /// A session as it was last seen here, null when it was not, or long ago.
  @Nullable SessionRecord session(SessionId id);

  /// Hears of each session that this process has changed in the store, on the thread that did it.
  /// Renewals are no changes.
  void watch(Consumer<SessionRecord> watcher);

  /// Another process has changed a session in the store. One that has ended stays so.
  void note(SessionRecord session);

  /// A session has ended at its node.
  void end(SessionId id);
}
