package io.wishbone.it.interop;

import java.util.LinkedHashMap;
import java.util.Map;

/// A line that a client's program wrote: a word and named values.
record ProgramLine(String event, Map<String, String> values) {
  static ProgramLine parse(String text) {
    String[] words = text.strip().split(" ");
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals > 0) {
        values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
      }
    }
    return new ProgramLine(words[0], values);
  }

  boolean is(String event, String name, String value) {
    return this.event.equals(event) && value.equals(values.get(name));
  }

  /// A count, 0 while there is none.
  long number(String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
