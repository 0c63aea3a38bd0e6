package io.wishbone.app.program.kind;

/// An address to listen on.
public record LocalAddress() implements ValueKind {

  @Override
  public String label() {
    return "ADDRESS";
  }

  @Override
  public String allowed() {
    return "an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them";
  }

  @Override
  public boolean accepts(String value) {
    return value.equals("localhost") || IpLiteral.isValid(value);
  }
}
