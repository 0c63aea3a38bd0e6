package io.wishbone.app.program;

import io.wishbone.app.program.kind.Flag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the command line of a program: `--name value`, `--name=value`, and `--name` alone for what
/// can only be true or false.
public final class CommandLine {

  private static final String HELP = "--help";
  private static final String VERSION = "--version";

  private final Program program;
  private final Deque<String> words;
  private final Map<Setting, String> values = new LinkedHashMap<>();

  private CommandLine(Program program, List<String> arguments) {
    this.program = program;
    words = new ArrayDeque<>(arguments);
  }

  /// What is to be done.
  public sealed interface Order {}

  /// To explain the options.
  public record Help() implements Order {}

  /// To say the version.
  public record Version() implements Order {}

  /// To run, with these values, which are not checked yet.
  public record Run(Map<Setting, String> values) implements Order {}

  public static Order read(Program program, String... arguments) throws StartRefusedException {
    var all = List.of(arguments);
    if (all.contains(HELP) || all.contains("-h")) {
      return new Help();
    }
    if (all.contains(VERSION)) {
      return new Version();
    }
    var line = new CommandLine(program, all);
    while (!line.words.isEmpty()) {
      line.readOption(line.words.removeFirst());
    }
    return new Run(line.values);
  }

  private void readOption(String word) throws StartRefusedException {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Setting setting = setting(name);
    String value = equals < 0 ? valueAfter(setting) : word.substring(equals + 1);
    if (values.put(setting, value) != null) {
      throw StartRefusedException.wrongUse(name + " is given twice");
    }
  }

  private String valueAfter(Setting setting) throws StartRefusedException {
    String next = words.peekFirst();
    boolean fits = next != null && !next.startsWith("--");
    if (setting.kind() instanceof Flag) {
      return fits ? words.removeFirst() : "true";
    }
    if (!fits) {
      throw StartRefusedException.wrongUse(
          setting.option() + " needs a value: it has to be " + setting.kind().allowed());
    }
    return words.removeFirst();
  }

  private Setting setting(String name) throws StartRefusedException {
    return options()
        .filter(setting -> setting.option().equals(name))
        .findFirst()
        .orElseThrow(() -> StartRefusedException.wrongUse(unknown(name)));
  }

  private String unknown(String name) {
    if (!name.startsWith("-")) {
      return Quoted.of(name) + " is not an option; all are listed by " + HELP;
    }
    List<String> names =
        Stream.concat(options().map(Setting::option), Stream.of(HELP, VERSION)).toList();
    return "there is no option "
        + Quoted.of(name)
        + ", did you mean "
        + ClosestName.to(name, names)
        + "? All are listed by "
        + HELP;
  }

  private Stream<Setting> options() {
    return program.settings().stream().filter(Setting::isOption);
  }
}
