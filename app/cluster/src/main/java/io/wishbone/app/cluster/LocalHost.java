package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Runs servers from their jars, as processes of this machine that end with this one.
///
/// @param projectRoot where the build has written down which jars these are
record LocalHost(Path projectRoot) implements ServerHost {

  @Override
  public String root(Path directory) {
    return directory.toString();
  }

  @Override
  public Server start(ServerDefinition definition, @Nullable Server before) {
    if (before == null) {
      write(definition);
    } else {
      before.close();
    }
    int last = definition.programs().size() - 1;
    if (before == null) {
      for (ServerDefinition.Program each : definition.programs().subList(0, last)) {
        run(definition, "prepare", each).awaitEnd();
      }
    }
    return run(definition, definition.name(), definition.programs().get(last))
        .awaitLine(definition.ready());
  }

  private LocalProcess run(
      ServerDefinition definition, String name, ServerDefinition.Program program) {
    return LocalProcess.start(
        name,
        definition.directory(),
        new JavaProgram(
                program.options(),
                ServerClassPath.of(projectRoot, definition.module()),
                program.main(),
                program.arguments())
            .command());
  }

  private static void write(ServerDefinition definition) {
    definition
        .files()
        .forEach((name, text) -> {
          try {
            Path file = definition.directory().resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        });
  }

  @Override
  public String description() {
    return "processes of this machine";
  }
}
