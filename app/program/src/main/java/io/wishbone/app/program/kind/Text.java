package io.wishbone.app.program.kind;

/// Words of the user's own.
public record Text(String label, int shortest) implements ValueKind {

  @Override
  public String allowed() {
    return "at least " + shortest + (shortest == 1 ? " character" : " characters") + " long";
  }

  @Override
  public boolean accepts(String value) {
    return value.length() >= shortest;
  }
}
