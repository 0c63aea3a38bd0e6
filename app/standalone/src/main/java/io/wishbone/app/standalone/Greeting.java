package io.wishbone.app.standalone;

import java.util.ArrayList;
import java.util.List;

/// What the server says when it is ready.
///
/// @param isOpen whether nobody is asked for a token
/// @param hasDemo whether the test picture is published
record Greeting(Places places, boolean isOpen, boolean hasDemo) {

  /// Three lines, for standard output: the console, where to publish, where to play.
  List<String> addresses() {
    String console = places.console().toString();
    return List.of(
        "Console  " + console,
        "WHIP     " + console + "whip/endpoint/{stream}",
        "WHEP     " + console + "whep/endpoint/{stream}");
  }

  /// What is good to know, for standard error.
  List<String> notes() {
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
    if (hasDemo) {
      notes.add("The test picture is at " + places.watch(Demo.STREAM));
    }
    return notes;
  }
}
