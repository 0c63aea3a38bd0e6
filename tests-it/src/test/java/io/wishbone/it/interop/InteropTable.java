package io.wishbone.it.interop;

import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The table that the profile ends with: `target/interop/table.md`. A row is a file until then, so
/// that it does not matter which classes run, in which order and in how many processes.
final class InteropTable {
  private static final List<String> HEAD =
      List.of("client", "version", "publish", "watch", "trickle", "restart", "note");

  private InteropTable() {}

  static void add(String client, String version, Map<Ability, String> results, String note) {
    List<String> cells = new ArrayList<>(List.of(client, version));
    for (Ability ability : Ability.values()) {
      cells.add(results.getOrDefault(ability, Result.NONE.text()));
    }
    cells.add(note);
    try {
      Path rows = Files.createDirectories(directory().resolve("rows"));
      Files.writeString(rows.resolve(client.replaceAll("[^A-Za-z0-9]+", "-")), line(cells));
      Files.writeString(directory().resolve("table.md"), write(rows));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path directory() {
    return ServerProgram.root().resolve("tests-it/target/interop");
  }

  private static String write(Path rows) throws IOException {
    StringBuilder table =
        new StringBuilder(line(HEAD)).append("|---".repeat(HEAD.size())).append("|\n");
    try (Stream<Path> files = Files.list(rows)) {
      for (Path row : files.sorted().toList()) {
        table.append(Files.readString(row));
      }
    }
    return table.toString();
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
