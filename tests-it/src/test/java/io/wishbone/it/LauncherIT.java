package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What the launcher script answers by itself, without a build.
class LauncherIT {

  private record Finished(int exitCode, String text) {}

  @Test
  void showsItsCommands() throws IOException, InterruptedException {
    Finished run = launcher("help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.text())
        .contains(
            "./wishbone [run] [options]",
            "./wishbone --help",
            "./wishbone signaling",
            "./wishbone media",
            "./wishbone cluster",
            "./wishbone cluster-test",
            "./wishbone test",
            "./wishbone interop");
  }

  @Test
  void refusesACommandThatIsNotThere() throws IOException, InterruptedException {
    Finished run = launcher("strat");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.text())
        .isEqualTo("wishbone: there is no command 'strat'; ./wishbone help shows them\n");
  }

  private static Finished launcher(String argument) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(ServerProgram.root().resolve("wishbone").toString(), argument)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), text);
  }
}
