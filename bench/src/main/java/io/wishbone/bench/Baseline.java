package io.wishbone.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The C program with the same system calls, compiled on the spot where there is a compiler.
final class Baseline {
  private static final int COMPILER_SECONDS = 60;

  private final Path program;
  private final String library;

  private Baseline(Path program, String library) {
    this.program = program;
    this.library = library;
  }

  /// @param nanosPerPacket processor time of the sending thread
  record Outcome(String library, double nanosPerPacket, long sent, long received) {}

  /// Compiles it with intel-ipsec-mb, or else with OpenSSL.
  static Optional<Baseline> compile() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("wishbone-bench");
    folder.toFile().deleteOnExit();
    Path source = folder.resolve("fanout.c");
    try (InputStream in = Baseline.class.getResourceAsStream("fanout.c")) {
      if (in == null) {
        throw new IOException("fanout.c is missing from the program");
      }
      Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
    }
    Path program = folder.resolve("fanout");
    source.toFile().deleteOnExit();
    program.toFile().deleteOnExit();
    if (compiles(source, program, "-DIPSEC", "-lIPSec_MB")) {
      return Optional.of(new Baseline(program, "ipsec-mb"));
    }
    if (compiles(source, program, "-DOPENSSL", "-lcrypto")) {
      return Optional.of(new Baseline(program, "openssl"));
    }
    return Optional.empty();
  }

  private static boolean compiles(Path source, Path program, String define, String library)
      throws InterruptedException {
    try {
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-O2",
                  "-march=native",
                  "-pthread",
                  define,
                  source.toString(),
                  "-o",
                  program.toString(),
                  library)
              .redirectErrorStream(true)
              .redirectOutput(new File("/dev/null"))
              .start();
      return compiler.waitFor(COMPILER_SECONDS, TimeUnit.SECONDS) && compiler.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  String library() {
    return library;
  }

  Outcome run(int viewers, int packetsPerFrame, int seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    program.toString(),
                    Integer.toString(viewers),
                    Integer.toString(packetsPerFrame),
                    "1150",
                    Integer.toString(FanOut.FRAMES_PER_SECOND),
                    Integer.toString(seconds)))
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("the baseline failed: " + output);
    }
    String[] numbers = output.split(" ");
    return new Outcome(
        library,
        Double.parseDouble(numbers[0]),
        Long.parseLong(numbers[1]),
        Long.parseLong(numbers[2]));
  }
}
