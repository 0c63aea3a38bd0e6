package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line of the standalone server: starts it and stays until it is told to stop.
@QuarkusMain
@Command(
    name = "wishbone run",
    description = "Runs a WHIP and WHEP media server in one process.",
    mixinStandardHelpOptions = true,
    version = "Wishbone 0.1.0-SNAPSHOT")
public final class Wishbone implements Runnable {

  public static void main(String... args) {
    int exitCode = new CommandLine(new Wishbone()).execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public void run() {
    Quarkus.run();
  }
}
