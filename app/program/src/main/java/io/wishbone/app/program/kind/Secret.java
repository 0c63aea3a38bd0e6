package io.wishbone.app.program.kind;

/// Words that nobody else may read.
public record Secret(int shortest) implements ValueKind {

  @Override
  public String label() {
    return "SECRET";
  }

  @Override
  public String allowed() {
    return new Text(label(), shortest).allowed();
  }

  @Override
  public boolean accepts(String value) {
    return value.length() >= shortest;
  }
}
