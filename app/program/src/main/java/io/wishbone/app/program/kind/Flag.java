package io.wishbone.app.program.kind;

/// Yes or no; as an option it needs no value.
public record Flag() implements ValueKind {

  @Override
  public String label() {
    return "[true|false]";
  }

  @Override
  public String allowed() {
    return "true or false";
  }

  @Override
  public boolean accepts(String value) {
    return value.equals("true") || value.equals("false");
  }
}
