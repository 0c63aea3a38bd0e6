package io.wishbone.store;

import io.wishbone.control.SessionId;
import org.jspecify.annotations.Nullable;

/// What this process remembers of sessions by itself: for a store that was away, came back, and may
/// have lost them.
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
      };

  /// Whether the store is back since a moment only.
  boolean isAskedFor();

  /// A session as it was last seen here, null when it was not, or long ago.
  @Nullable SessionRecord session(SessionId id);
}
