package io.wishbone.app.standalone;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Explains every setting, for a terminal.
final class HelpText {

  private static final int WIDTH = 96;
  private static final String INDENT = " ".repeat(6);

  private HelpText() {}

  static String text() {
    return Stream.of(Setting.Group.values())
        .map(HelpText::group)
        .collect(Collectors.joining("\n", head(), tail()));
  }

  private static String head() {
    return """
    Usage: wishbone run [options]
           wishbone token [--publish STREAMS] [--play STREAMS] [--admin] [--ttl 1h] [--subject NAME]
           wishbone key [--publish STREAMS] [--play STREAMS] [--admin] [--id NAME]

    Runs a WHIP and WHEP media server in one process, until Ctrl-C. token prints a token for
    development, signed with this machine's own key; key prints a stream key, and its line for the
    file of --keys-file. STREAMS are names, or beginnings of names before a *, with commas.

    """;
  }

  private static String tail() {
    return """

      -h, --help
          Shows this text.
      --version
          Shows the version.

    An option wins over the environment, that over a file, that over the default. In a file the
    names begin with wishbone. as in wishbone.http-port=8080.

    Ends with 0 or 130 when it was asked to, with 2 when an option or setting is wrong, and with 1
    when it cannot start, for one because a port is taken.
    """;
  }

  private static String group(Setting.Group group) {
    return Stream.of(Setting.values())
        .filter(setting -> setting.group() == group)
        .map(HelpText::entry)
        .collect(Collectors.joining("", group.heading() + ":\n", ""));
  }

  private static String entry(Setting setting) {
    String heading =
        setting.isOption()
            ? setting.option() + " " + setting.kind().label()
            : setting.variable() + " (in the environment only)";
    String origins = setting.isOption() ? " [" + setting.variable() + "]" : "";
    String fallback = setting.byDefault() == null ? "" : " Default: " + setting.byDefault() + ".";
    return "  " + heading + "\n" + wrapped(setting.meaning() + "." + fallback + origins);
  }

  private static String wrapped(String text) {
    var lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column == 0 || column + 1 + word.length() > WIDTH) {
        lines.append(column == 0 ? "" : "\n").append(INDENT).append(word);
        column = INDENT.length() + word.length();
      } else {
        lines.append(' ').append(word);
        column += 1 + word.length();
      }
    }
    return lines.append('\n').toString();
  }
}
