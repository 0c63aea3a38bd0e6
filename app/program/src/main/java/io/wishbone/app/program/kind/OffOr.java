package io.wishbone.app.program.kind;

/// Nothing of it, or some of a few words.
public record OffOr(ChoiceList choices) implements ValueKind {

  private static final String OFF = "off";

  @Override
  public String label() {
    return OFF + "|" + choices.label();
  }

  @Override
  public String allowed() {
    return OFF + ", or " + choices.allowed();
  }

  @Override
  public boolean accepts(String value) {
    return value.equals(OFF) || choices.accepts(value);
  }
}
