package io.wishbone.app.program.kind;

import java.util.regex.Pattern;

/// A whole number.
public record WholeNumber(String label, int least, int most) implements ValueKind {

  /// A TCP or UDP port.
  public static final WholeNumber PORT = new WholeNumber("PORT", 1, 65_535);

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  @Override
  public String allowed() {
    return "a number from " + least + " to " + most;
  }

  @Override
  public boolean accepts(String value) {
    if (!DIGITS.matcher(value).matches()) {
      return false;
    }
    int number = Integer.parseInt(value);
    return number >= least && number <= most;
  }
}
