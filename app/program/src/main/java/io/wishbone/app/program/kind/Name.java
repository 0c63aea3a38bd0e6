package io.wishbone.app.program.kind;

import java.util.regex.Pattern;

/// What something is called among its like.
public record Name(int longest) implements ValueKind {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  @Override
  public String label() {
    return "NAME";
  }

  @Override
  public String allowed() {
    return "1 to " + longest + " letters, digits, '.', '_' or '-', a letter or digit first";
  }

  @Override
  public boolean accepts(String value) {
    return value.length() <= longest && FORM.matcher(value).matches();
  }
}
