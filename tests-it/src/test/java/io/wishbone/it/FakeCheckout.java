package io.wishbone.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A folder with the launcher script in it and next to nothing else: its Maven and its Java only
/// write down what they are asked for, and make the files that the real ones would.
final class FakeCheckout {

  private static final String JAR = "app/standalone/target/quarkus-app/quarkus-run.jar";
  private static final String CACHE = "app/standalone/target/quarkus-app/start.aot";

  private final Path folder;
  private final Path tools;

  /// What a run of the launcher said, and how it ended.
  record Finished(int exitCode, String text) {}

  private FakeCheckout(Path folder, Path tools) {
    this.folder = folder;
    this.tools = tools;
  }

  /// @param folder is made; its name is what the launcher has to cope with
  /// @param tools where Maven and Java are put, and what they write down
  static FakeCheckout in(Path folder, Path tools) throws IOException {
    var checkout = new FakeCheckout(folder, tools);
    Files.createDirectories(folder);
    Files.copy(ServerProgram.root().resolve("wishbone"), folder.resolve("wishbone"));
    folder.resolve("wishbone").toFile().setExecutable(true);
    checkout.write("pom.xml", "<project/>");
    checkout.write("app/standalone/jvm.options", "-Xmx1g");
    checkout.source("First.java");
    checkout.source("Second.java");
    checkout.mavenThat("mkdir -p \"$(dirname \"$f/" + JAR + "\")\"; : >\"$f/" + JAR + "\"");
    checkout.javaThat(":");
    checkout.tool("jdk/bin/javac", "exit 0");
    Files.writeString(tools.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    return checkout;
  }

  /// What Maven does but for writing down its arguments; `$f` is the folder.
  void mavenThat(String script) throws IOException {
    tool("bin/mvn", "f='" + folder + "'\nprintf 'mvn %s\\n' \"$*\" >>'" + asked() + "'\n" + script);
  }

  /// What Java does but for writing down its arguments, one in brackets after the other, and for
  /// making a cache when it is to.
  void javaThat(String script) throws IOException {
    tool(
        "jdk/bin/java",
        """
        { printf java; printf ' [%%s]' "$@"; echo; } >>'%s'
        %s
        for word in "$@"; do
          case $word in -XX:AOTCacheOutput=*) echo learnt >"${word#-XX:AOTCacheOutput=}" ;; esac
        done
        """
            .formatted(asked(), script));
  }

  private void tool(String name, String script) throws IOException {
    Path file = tools.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    file.toFile().setExecutable(true);
  }

  private Path asked() {
    return tools.resolve("asked");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /// Made at a time before all that is built.
  void source(String name) throws IOException {
    write("webrtc/src/main/java/" + name, "class X {}");
    long ago = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
    try (var all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.fromMillis(ago));
      }
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path cache() {
    return folder.resolve(CACHE);
  }

  /// What was built is older than what is done from now on.
  void letTimePass() throws IOException {
    long past = Instant.now().minus(Duration.ofMinutes(10)).toEpochMilli();
    Files.setLastModifiedTime(folder.resolve(JAR), FileTime.fromMillis(past));
    if (Files.exists(cache())) {
      Files.setLastModifiedTime(cache(), FileTime.fromMillis(past + 1_000));
    }
  }

  /// Runs the launcher to its end.
  Finished launch(String... arguments) throws IOException, InterruptedException {
    Files.deleteIfExists(asked());
    var command = new ArrayList<>(List.of(folder.resolve("wishbone").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", tools.resolve("jdk").toString());
    builder.environment().merge("PATH", "", (path, _) -> tools.resolve("bin") + ":" + path);
    builder.environment().remove("WISHBONE_JAVA_OPTS");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), text);
  }

  /// What Maven and Java were asked for since the launcher began, in turn.
  List<String> commands() throws IOException {
    return Files.exists(asked()) ? Files.readAllLines(asked()) : List.of();
  }
}
