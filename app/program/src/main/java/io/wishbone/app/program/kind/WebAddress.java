package io.wishbone.app.program.kind;

import java.util.regex.Pattern;

/// An address on the web.
public record WebAddress() implements ValueKind {

  private static final Pattern PATTERN =
      Pattern.compile("https?://[A-Za-z0-9.\\[\\]:_-]+(/[!-~&&[^\"<>\\\\^`{|}]]*)?");

  @Override
  public String label() {
    return "URL";
  }

  @Override
  public String allowed() {
    return "an https:// or http:// address";
  }

  @Override
  public boolean accepts(String value) {
    return PATTERN.matcher(value).matches();
  }
}
