package io.wishbone.signaling.session;

import io.wishbone.store.StreamRecord;

/// What happens when somebody publishes a stream that has a publisher.
public enum PublisherConflict {
  /// The stream stays with its publisher.
  REJECT,
  /// The same token subject, or stream key, takes its own stream over at once: an encoder that
  /// reconnects.
  SAME_SUBJECT,
  /// Whoever comes last publishes.
  ALWAYS;

  boolean allowsTakeover(StreamRecord current, StreamRecord next) {
    return switch (this) {
      case REJECT -> false;
      case SAME_SUBJECT -> current.isOfSameOwner(next);
      case ALWAYS -> true;
    };
  }
}
