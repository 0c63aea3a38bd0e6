package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The program of a signalling pod or of a media node, as it was packaged, and what the Java
/// virtual machine has learnt of it in a short run: which classes it needs, and how its methods are
/// used (JEP 483, JEP 515). With that it starts in half the time, and is soon as fast as it gets.
///
/// @param projectRoot the folder of the project
/// @param app the folder of the program in `app`
record MemberProgram(Path projectRoot, String app) {

  private static final Duration LONG_AGO = Duration.ofMinutes(10);

  private Path packaged() {
    return projectRoot.resolve("app").resolve(app).resolve("target/quarkus-app");
  }

  private Path jar() {
    return packaged().resolve("quarkus-run.jar");
  }

  private Path cache() {
    return packaged().resolve("start.aot");
  }

  private Path newCache() {
    return packaged().resolve("start.aot." + ProcessHandle.current().pid());
  }

  /// Held by whoever lets it learn.
  Path lock() {
    requirePackaged();
    return packaged().resolve("start.lock");
  }

  /// The command that runs it, without arguments, on the Java that runs this program.
  List<String> command() {
    return command(size(cache()) > 0 ? "-XX:AOTCache=" + cache() : null);
  }

  /// The same, to learn: when it ends by itself, it writes what it has learnt.
  List<String> learning() {
    removeLeftovers();
    return command("-XX:AOTCacheOutput=" + newCache());
  }

  /// What was interrupted has left hundreds of megabytes behind.
  private void removeLeftovers() {
    Instant longAgo = Instant.now().minus(LONG_AGO);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(packaged(), "start.aot.*")) {
      for (Path each : left) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(longAgo)) {
          Files.deleteIfExists(each);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void requirePackaged() {
    if (!Files.exists(jar())) {
      throw new IllegalStateException(jar() + " is missing: build the project first");
    }
  }

  private List<String> command(@Nullable String option) {
    requirePackaged();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + projectRoot.resolve("app/standalone/jvm.options"));
    command.add("-Xmx256m");
    if (option != null) {
      command.add(option);
    }
    // It ends with whoever has started it. A class path of our own would forfeit what was learnt.
    command.add("-Dends-with-input=true");
    command.add("-jar");
    command.add(jar().toString());
    return command;
  }

  /// Whether it has been tried since the program was built.
  boolean hasLearnt() {
    try {
      return Files.exists(cache())
          && Files.getLastModifiedTime(cache()).compareTo(Files.getLastModifiedTime(jar())) >= 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Keeps what was learnt.
  void keep() {
    try {
      Files.move(newCache(), cache(), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Everything works as well, only slower: an empty file says that it was tried.
  void doWithout() {
    try {
      Files.deleteIfExists(newCache());
      Files.write(cache(), new byte[0]);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
