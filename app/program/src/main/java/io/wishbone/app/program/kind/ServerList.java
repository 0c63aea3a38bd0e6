package io.wishbone.app.program.kind;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Servers of the cluster, of which one at least is there at a start.
public record ServerList() implements ValueKind {

  private static final Pattern SERVER =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?|\\[(?<bracketed>[0-9A-Fa-f:.]+)])"
              + ":(?<port>[0-9]{1,5})");

  @Override
  public String label() {
    return "HOST:PORT";
  }

  @Override
  public String allowed() {
    return "HOST:PORT, with commas but no spaces between several";
  }

  @Override
  public boolean accepts(String value) {
    return Arrays.stream(value.split(",", -1)).allMatch(ServerList::acceptsOne);
  }

  private static boolean acceptsOne(String server) {
    Matcher matcher = SERVER.matcher(server);
    if (!matcher.matches()) {
      return false;
    }
    String bracketed = matcher.group("bracketed");
    return (bracketed == null || IpLiteral.isValid(bracketed))
        && WholeNumber.PORT.accepts(matcher.group("port"));
  }
}
