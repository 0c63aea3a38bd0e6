package io.wishbone.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TetheredTest {

  /// A program that would run for ever.
  static final class Endless {
    public static void main(String... arguments) throws InterruptedException {
      System.out.println("runs with " + arguments[0]);
      new CountDownLatch(1).await();
    }
  }

  @Test
  void endsAProgramWithWhoeverHoldsItsInput() throws IOException, InterruptedException {
    var program =
        new JavaProgram(
            List.of("-Xmx32m"),
            System.getProperty("java.class.path"),
            Endless.class.getName(),
            List.of("words"));
    Process process = new ProcessBuilder(program.command()).start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("runs with words");
      assertThat(process.isAlive()).isTrue();

      process.getOutputStream().close();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }
}
