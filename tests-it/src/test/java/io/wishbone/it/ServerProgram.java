package io.wishbone.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The packaged standalone server as a program: how it is started, with the Java of the tests and
/// the options of the launcher.
public final class ServerProgram {

  /// A second or two on a quiet machine; others may be quite busy.
  private static final long END_SECONDS = 240;

  private ServerProgram() {}

  /// What a run that ended by itself left behind.
  record Finished(int exitCode, String output, String errors) {}

  /// Starts it, not yet with any output read.
  ///
  /// @param environment added to that of the tests, from which everything of ours is removed
  static ProcessBuilder builder(
      Path directory, Map<String, String> environment, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root().resolve("app/standalone/jvm.options"));
    command.add("-jar");
    command.add(packaged().toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("WISHBONE_"));
    builder.environment().putAll(environment);
    return builder;
  }

  /// Runs it to its end.
  static Finished run(Path directory, Map<String, String> environment, String... arguments) {
    try {
      Path output = Files.createTempFile(directory, "output", ".txt");
      Path errors = Files.createTempFile(directory, "errors", ".txt");
      Process process =
          builder(directory, environment, List.of(arguments))
              .redirectOutput(output.toFile())
              .redirectError(errors.toFile())
              .start();
      try {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("still runs after " + END_SECONDS + " s");
        }
      } finally {
        process.destroyForcibly();
      }
      return new Finished(process.exitValue(), Files.readString(output), Files.readString(errors));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The directory with the launcher in it.
  public static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("wishbone"))) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException("the tests run outside of the project");
      }
      directory = parent;
    }
    return directory;
  }

  private static Path packaged() {
    Path jar = root().resolve("app/standalone/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException("the server is not packaged: build app/standalone first");
    }
    return jar;
  }
}
