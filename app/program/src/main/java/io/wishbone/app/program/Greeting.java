package io.wishbone.app.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server says when it is ready.
///
/// @param isOpen whether nobody is asked for a token
/// @param demo the stream of the test picture, null without one
public record Greeting(Places places, boolean isOpen, @Nullable String demo) {

  /// Three lines, for standard output: the console, where to publish, where to play.
  public List<String> addresses() {
    String console = places.console().toString();
    return List.of(
        "Console  " + console,
        "WHIP     " + console + "whip/endpoint/{stream}",
        "WHEP     " + console + "whep/endpoint/{stream}");
  }

  /// What is good to know, for standard error.
  public List<String> notes() {
    var notes = new ArrayList<String>();
    if (isOpen && places.isThisMachineOnly()) {
      notes.add(
          "Authentication is off, so only this machine is let in ("
              + places.bind()
              + "). See --bind and --auth.");
    } else if (isOpen) {
      notes.add(
          "Authentication is off: whoever reaches "
              + places.bind()
              + " may publish and play. See --auth.");
    }
    if (demo != null) {
      notes.add("The test picture is at " + places.watch(demo));
    }
    return notes;
  }
}
