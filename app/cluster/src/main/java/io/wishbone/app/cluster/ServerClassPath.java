package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The jars of a server, as the build has resolved them.
final class ServerClassPath {

  private ServerClassPath() {}

  /// @param server the folder of the module that names the jars, such as `server-kafka`
  static String of(Path projectRoot, String server) {
    Path file = projectRoot.resolve("app/cluster").resolve(server).resolve("target/classpath.txt");
    try {
      return Files.readString(file).strip();
    } catch (IOException failure) {
      throw new UncheckedIOException(file + " is missing: build the project first", failure);
    }
  }
}
