package io.wishbone.app.program;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Explains every setting of a program, for a terminal.
public final class HelpText {

  private static final int WIDTH = 96;
  private static final String INDENT = " ".repeat(6);

  private HelpText() {}

  public static String of(Program program) {
    return Stream.of(Group.values())
        .map(group -> group(program, group))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n", program.introduction() + "\n", tail()));
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

  private static String group(Program program, Group group) {
    String entries =
        program.settings().stream()
            .filter(setting -> setting.group() == group)
            .map(HelpText::entry)
            .collect(Collectors.joining());
    return entries.isEmpty() ? "" : group.heading() + ":\n" + entries;
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
