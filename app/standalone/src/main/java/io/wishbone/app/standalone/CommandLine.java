package io.wishbone.app.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the command line: `--name value`, `--name=value`, and `--name` alone for what can only be
/// true or false.
final class CommandLine {

  private static final String HELP = "--help";
  private static final String VERSION = "--version";
  private static final String TOKEN = "token";
  private static final String KEY = "key";

  private final Deque<String> words;
  private final Map<Setting, String> values = new EnumMap<>(Setting.class);

  private CommandLine(List<String> arguments) {
    words = new ArrayDeque<>(arguments);
  }

  /// What is to be done.
  sealed interface Order {}

  /// To explain the options.
  record Help() implements Order {}

  /// To say the version.
  record Version() implements Order {}

  /// To start, connect once, and end: see [Training].
  record Train() implements Order {}

  /// To make a token for development.
  record Token(List<String> words) implements Order {}

  /// To make a stream key.
  record Key(List<String> words) implements Order {}

  /// To run, with these values, which are not checked yet.
  record Run(Map<Setting, String> values) implements Order {}

  static Order read(String... arguments) throws StartRefusedException {
    var all = List.of(arguments);
    if (all.contains(HELP) || all.contains("-h")) {
      return new Help();
    }
    if (all.contains(VERSION)) {
      return new Version();
    }
    if (all.equals(List.of(Training.ARGUMENT))) {
      return new Train();
    }
    if (!all.isEmpty() && all.getFirst().equals(TOKEN)) {
      return new Token(all.subList(1, all.size()));
    }
    if (!all.isEmpty() && all.getFirst().equals(KEY)) {
      return new Key(all.subList(1, all.size()));
    }
    var line = new CommandLine(all);
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
    if (setting.kind() instanceof ValueKind.Flag) {
      return fits ? words.removeFirst() : "true";
    }
    if (!fits) {
      throw StartRefusedException.wrongUse(
          setting.option() + " needs a value: it has to be " + setting.kind().allowed());
    }
    return words.removeFirst();
  }

  private static Setting setting(String name) throws StartRefusedException {
    return options()
        .filter(setting -> setting.option().equals(name))
        .findFirst()
        .orElseThrow(() -> StartRefusedException.wrongUse(unknown(name)));
  }

  private static String unknown(String name) {
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

  private static Stream<Setting> options() {
    return Stream.of(Setting.values()).filter(Setting::isOption);
  }
}
