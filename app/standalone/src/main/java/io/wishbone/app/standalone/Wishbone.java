package io.wishbone.app.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command line of the standalone server: starts it and stays until it is told to stop.
@QuarkusMain
@Command(
    name = "wishbone run",
    description = "Runs a WHIP and WHEP media server in one process.",
    mixinStandardHelpOptions = true,
    version = "Wishbone 0.1.0-SNAPSHOT")
public final class Wishbone implements Runnable {

  @Option(names = "--http-port", defaultValue = "8080", description = "TCP port of HTTP")
  private int httpPort;

  @Option(names = "--media-port", defaultValue = "9400", description = "UDP port of media")
  private int mediaPort;

  @Option(names = "--bind", defaultValue = "127.0.0.1", description = "address to listen on")
  private String bind = "";

  public static void main(String... args) {
    int exitCode = new CommandLine(new Wishbone()).execute(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  @Override
  public void run() {
    System.setProperty("wishbone.http-port", Integer.toString(httpPort));
    System.setProperty("wishbone.media-port", Integer.toString(mediaPort));
    System.setProperty("wishbone.bind", bind);
    Quarkus.run(Server.class);
  }
}
