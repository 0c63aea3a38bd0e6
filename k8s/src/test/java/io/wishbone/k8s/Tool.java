package io.wishbone.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A program that others wrote.
///
/// @param packaged where Maven has brought it along; else it is looked for on the PATH
record Tool(String name, Supplier<Optional<Path>> packaged) {

  static final Tool KUBECTL = new Tool("kubectl", PackagedKubectl::find);
  static final Tool PROMTOOL = new Tool("promtool", Optional::empty);

  /// Room of these tests, `k8s`.
  static Path room() {
    return Path.of("").toAbsolutePath();
  }

  /// Runs it in this room.
  ///
  /// @return its output
  String run(List<String> arguments) {
    Result result = result(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(name + " " + String.join(" ", arguments) + "\n" + result.output());
    }
    return result.output();
  }

  private record Result(int exitCode, String output) {}

  private Result result(List<String> arguments) {
    try {
      Path output = Files.createTempFile(name, ".txt");
      try {
        Process process =
            new ProcessBuilder(
                    Stream.concat(Stream.of(required().toString()), arguments.stream()).toList())
                .directory(room().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Result(process.waitFor(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Where it is; ends the test where it is not, and fails it where tests must be complete.
  private Path required() {
    return packaged.get().or(this::onThePath).orElseThrow(this::missing);
  }

  private Optional<Path> onThePath() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private RuntimeException missing() {
    String message = "no " + name + " on the PATH";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(message + ", and CI=true needs it");
    }
    return new TestAbortedException(message);
  }
}
