package io.wishbone.signaling.events;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.wishbone.signaling.http.ProblemException;
import java.util.EnumSet;
import java.util.Set;

/// Reads which events a player asks for: a JSON array of names.
public final class EventWish {

  private static final int MAX_NAMES = 32;
  private static final int MAX_QUOTED = 40;

  private EventWish() {}

  /// @param text empty for all events
  /// @throws ProblemException 400 when it is no such array, or names what does not exist
  public static Set<EventKind> parse(String text) {
    if (text.isBlank()) {
      return EnumSet.allOf(EventKind.class);
    }
    JsonArray names = array(text);
    if (names.isEmpty() || names.size() > MAX_NAMES) {
      throw ProblemException.malformed("the body names no events, or far too many");
    }
    Set<EventKind> wished = EnumSet.noneOf(EventKind.class);
    for (Object name : names) {
      EventKind kind = name instanceof String text2 ? EventKind.named(text2) : null;
      if (kind == null) {
        throw ProblemException.malformed(
            "there is no event %s; there are %s".formatted(quoted(name), EventKind.ALL));
      }
      wished.add(kind);
    }
    return wished;
  }

  private static JsonArray array(String text) {
    try {
      return new JsonArray(text);
    } catch (DecodeException | ClassCastException _) {
      throw ProblemException.malformed("the body is no JSON array of event names");
    }
  }

  private static String quoted(Object name) {
    String text = String.valueOf(name);
    return '"' + (text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text) + '"';
  }
}
