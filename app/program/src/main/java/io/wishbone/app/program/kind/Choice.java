package io.wishbone.app.program.kind;

import java.util.List;

/// One of a few words.
public record Choice(List<String> words) implements ValueKind {

  public static Choice of(String... words) {
    return new Choice(List.of(words));
  }

  @Override
  public String label() {
    return String.join("|", words);
  }

  @Override
  public String allowed() {
    return "one of " + String.join(", ", words);
  }

  @Override
  public boolean accepts(String value) {
    return words.contains(value);
  }
}
