package io.wishbone.app.program.kind;

import java.util.regex.Pattern;

/// What URLs begin with.
public record WebBase() implements ValueKind {

  private static final Pattern FORM =
      Pattern.compile(
          "https?://(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])"
              + "(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?");

  @Override
  public String label() {
    return "URL";
  }

  @Override
  public String allowed() {
    return "an https:// or http:// address without a query, such as https://two.example.org";
  }

  @Override
  public boolean accepts(String value) {
    return FORM.matcher(value).matches();
  }
}
