package io.wishbone.signaling.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The events that a player can ask for. `scte35`, which the extension names as well, is not among
/// them: nothing here carries such marks.
public enum EventKind {
  /// The stream is being published.
  ACTIVE,
  /// The stream is not published any more.
  INACTIVE,
  /// Which qualities the picture has.
  LAYERS,
  /// The player had better open a new session.
  RECONNECT,
  /// How many watch.
  VIEWERCOUNT;

  /// All of them, as the parameter `events` of the Link header lists them.
  public static final String ALL =
      Arrays.stream(values()).map(EventKind::wireName).collect(Collectors.joining(","));

  /// What it is called in a stream of events.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The event of this name, null when there is none.
  public static @Nullable EventKind named(String wireName) {
    for (EventKind kind : values()) {
      if (kind.wireName().equals(wireName)) {
        return kind;
      }
    }
    return null;
  }
}
