package io.wishbone.app.program.kind;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses that others reach us at.
public record AddressList() implements ValueKind {

  private static final Pattern PLACE =
      Pattern.compile(
          "(?<name>[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?|\\[(?<bracketed>[0-9A-Fa-f:.]+)])"
              + "(:(?<port>[0-9]{1,5}))?");

  @Override
  public String label() {
    return "HOST[:PORT]";
  }

  @Override
  public String allowed() {
    return "HOST or HOST:PORT, with commas between several, such as 203.0.113.7:9400 or"
        + " [2001:db8::7]:9400";
  }

  @Override
  public boolean accepts(String value) {
    return Arrays.stream(value.split(",", -1)).map(String::strip).allMatch(this::acceptsOne);
  }

  private boolean acceptsOne(String place) {
    Matcher matcher = PLACE.matcher(place);
    if (!matcher.matches()) {
      return false;
    }
    String bracketed = matcher.group("bracketed");
    String port = matcher.group("port");
    return (bracketed == null || IpLiteral.isValid(bracketed))
        && (port == null || WholeNumber.PORT.accepts(port));
  }
}
