package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TetherTest {

  /// A program that would run for ever.
  static final class Endless {
    public static void main(String... arguments) throws InterruptedException {
      Tether.holdIfWanted();
      System.out.println("runs");
      new CountDownLatch(1).await();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsTheProcessWithItsInputOnlyWhereThatIsWanted(boolean wanted)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-D" + Tether.PROPERTY + "=" + wanted,
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName())
            .start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("runs");

      process.getOutputStream().close();

      assertThat(process.waitFor(wanted ? 60 : 1, TimeUnit.SECONDS)).isEqualTo(wanted);
    } finally {
      process.destroyForcibly();
    }
  }
}
