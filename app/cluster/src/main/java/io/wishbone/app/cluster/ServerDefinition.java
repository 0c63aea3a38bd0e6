package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What a server is, however it runs.
///
/// @param name in what it prints, and of the file with that
/// @param directory its own
/// @param files what it reads: names below the directory, and texts
/// @param ready a part of the line that it prints when it is ready
/// @param module the folder with the jars of it, such as `server-kafka`
/// @param programs what runs as processes from these jars: each to its end but the last one, which
///   is the server
/// @param image the container image that has the same of the same version
/// @param script what runs in a container, in a shell
/// @param environment of the script
record ServerDefinition(
    String name,
    Path directory,
    Map<String, String> files,
    String ready,
    String module,
    List<Program> programs,
    String image,
    String script,
    Map<String, String> environment) {

  /// @param options of the Java virtual machine
  record Program(List<String> options, String main, List<String> arguments) {}

  ServerDefinition {
    files = Map.copyOf(files);
    programs = List.copyOf(programs);
    environment = Map.copyOf(environment);
  }
}
