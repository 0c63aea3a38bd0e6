package io.wishbone.webrtc.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A search for inputs that break one target, in a process of its own, as `webrtc/fuzz` does it.
final class FuzzProcess {

  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Path DICTIONARY = Path.of("src/test/fuzz/sdp.dict").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private FuzzProcess() {}

  /// @param inputs that were tried, 0 when it broke off
  record Result(int exitCode, long inputs, String output) {}

  /// @param folder for what the search leaves behind
  static Result search(Class<?> target, String method, Duration time, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(),
            "--target_method=" + method,
            "--instrumentation_includes=io.wishbone.**"));
    if (target.getPackageName().endsWith(".sdp")) {
      command.addAll(List.of("--trace=cov:gep:div", "-dict=" + DICTIONARY));
    }
    command.addAll(List.of("-max_total_time=" + time.toSeconds(), "-timeout=10"));
    Path log = folder.resolve("log");
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
      String output = Files.readString(log, StandardCharsets.ISO_8859_1);
      Matcher done = DONE.matcher(output);
      return new Result(
          process.exitValue(), done.find() ? Long.parseLong(done.group(1)) : 0, output);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
