package io.wishbone.app.program.kind;

import java.util.Arrays;
import java.util.List;

/// Some of a few words, in an order that matters.
public record ChoiceList(List<String> words) implements ValueKind {

  public static ChoiceList of(String... words) {
    return new ChoiceList(List.of(words));
  }

  @Override
  public String label() {
    return "LIST";
  }

  @Override
  public String allowed() {
    return "some of " + String.join(", ", words) + ", with commas between them";
  }

  @Override
  public boolean accepts(String value) {
    List<String> chosen = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    return words.containsAll(chosen) && chosen.stream().distinct().count() == chosen.size();
  }
}
