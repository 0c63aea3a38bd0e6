package io.wishbone.app.standalone;

import io.wishbone.app.program.Quoted;
import io.wishbone.app.program.StartRefusedException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a token or a stream key that is to be made allows, read from the command line.
///
/// @param others what was said besides, by option
record Grants(List<String> publish, List<String> play, boolean admin, Map<String, String> others) {

  private static final String PUBLISH = "--publish";
  private static final String PLAY = "--play";
  private static final String ADMIN = "--admin";
  private static final Pattern STREAM =
      Pattern.compile("\\*|[A-Za-z0-9][A-Za-z0-9._~-]{0,127}\\*?");

  Grants {
    publish = List.copyOf(publish);
    play = List.copyOf(play);
    others = Map.copyOf(others);
  }

  /// @param known the options that there are besides, each with a value
  static Grants read(List<String> words, Set<String> known) throws StartRefusedException {
    Map<String, String> values = new HashMap<>();
    boolean admin = false;
    Deque<String> rest = new ArrayDeque<>(words);
    while (!rest.isEmpty()) {
      String word = rest.removeFirst();
      if (word.equals(ADMIN)) {
        admin = true;
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      checkName(name, known);
      String value = equals < 0 ? rest.pollFirst() : word.substring(equals + 1);
      if (value == null || value.isEmpty()) {
        throw StartRefusedException.wrongUse(name + " needs a value");
      }
      if (values.put(name, value) != null) {
        throw StartRefusedException.wrongUse(name + " is given twice");
      }
    }
    List<String> publish = streams(PUBLISH, values);
    List<String> play = streams(PLAY, values);
    if (publish.isEmpty() && play.isEmpty() && !admin) {
      throw StartRefusedException.wrongUse(
          "say what it is for: --publish STREAM, --play STREAM or --admin");
    }
    values.remove(PUBLISH);
    values.remove(PLAY);
    return new Grants(publish, play, admin, values);
  }

  private static void checkName(String name, Set<String> known) throws StartRefusedException {
    Set<String> names = new HashSet<>(known);
    names.addAll(List.of(PUBLISH, PLAY));
    if (!names.contains(name)) {
      names.add(ADMIN);
      throw StartRefusedException.wrongUse(
          "there is no option "
              + Quoted.of(name)
              + " here, there are "
              + String.join(", ", names.stream().sorted().toList()));
    }
  }

  private static List<String> streams(String option, Map<String, String> values)
      throws StartRefusedException {
    String value = values.get(option);
    if (value == null) {
      return List.of();
    }
    List<String> streams = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    if (!streams.stream().allMatch(stream -> STREAM.matcher(stream).matches())) {
      throw StartRefusedException.wrongUse(
          option
              + " is "
              + Quoted.of(value)
              + ", but has to be names of streams, or beginnings of names before a *, with commas"
              + " between several");
    }
    return streams;
  }
}
