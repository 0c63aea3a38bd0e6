package io.wishbone.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The packaged server, as a process of its own on free ports, in an empty directory.
///
/// Around all tests of a class: `@RegisterExtension static final RunningServer server =
/// RunningServer.with("--demo", "true");`
///
/// For a part of one: `try (RunningServer server = RunningServer.with().started()) { ... }`
public final class RunningServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {

  /// The last line of the server's greeting begins with it.
  private static final String READY = "WHEP ";

  /// Two seconds on a quiet machine; others may be quite busy.
  private static final Duration START = Duration.ofSeconds(240);

  private static final Duration END = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(20);
  private static final int MAX_WORKERS = 8;

  private final int httpPort = FreePorts.tcp();
  private final int mediaPort = FreePorts.udp(MAX_WORKERS);
  private final List<String> arguments;
  private final Map<String, String> environment;
  private @Nullable Path directory;
  private @Nullable Process process;
  private Duration startTime = Duration.ZERO;

  private RunningServer(List<String> arguments, Map<String, String> environment) {
    this.arguments = arguments;
    this.environment = environment;
  }

  /// Not started yet. The ports are chosen here, all else is said by the arguments.
  public static RunningServer with(String... arguments) {
    return with(Map.of(), arguments);
  }

  public static RunningServer with(Map<String, String> environment, String... arguments) {
    return new RunningServer(List.of(arguments), Map.copyOf(environment));
  }

  /// Starts it and waits until it says that it is ready.
  public RunningServer started() {
    var all =
        new ArrayList<>(List.of("--http-port", "" + httpPort, "--media-port", "" + mediaPort));
    all.addAll(arguments);
    long before = System.nanoTime();
    try {
      Path home = Files.createTempDirectory("wishbone-it");
      directory = home;
      process =
          ServerProgram.builder(home, environment, all)
              .redirectOutput(home.resolve("output.txt").toFile())
              .redirectError(home.resolve("errors.txt").toFile())
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    awaitReady();
    startTime = Duration.ofNanos(System.nanoTime() - before);
    return this;
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + START.toNanos();
    while (output().stream().noneMatch(line -> line.startsWith(READY))) {
      boolean ended = waitFor(STEP);
      if (ended || System.nanoTime() > deadline) {
        close();
        throw new AssertionError(
            (ended ? "ended instead of starting" : "did not get ready") + ":\n" + log());
      }
    }
  }

  /// From the start of the process until it said that it is ready.
  Duration startTime() {
    return startTime;
  }

  int httpPort() {
    return httpPort;
  }

  /// The UDP port of the first worker.
  public int mediaPort() {
    return mediaPort;
  }

  public URI console() {
    return URI.create("http://localhost:" + httpPort + "/");
  }

  public URI whip(String stream) {
    return console().resolve("whip/endpoint/" + stream);
  }

  public URI whep(String stream) {
    return console().resolve("whep/endpoint/" + stream);
  }

  /// The lines on standard output so far.
  List<String> output() {
    return read("output.txt").lines().toList();
  }

  /// What came on standard error so far.
  public String log() {
    return read("errors.txt");
  }

  long pid() {
    return process().pid();
  }

  /// Asks it to end, as service managers do, and returns its exit code.
  int stop() {
    terminate();
    return awaitEnd();
  }

  /// Asks it to end, and returns at once.
  void terminate() {
    process().destroy();
  }

  boolean isAlive() {
    return process().isAlive();
  }

  /// @return its exit code
  int awaitEnd() {
    if (!waitFor(END)) {
      close();
      throw new AssertionError("did not end within " + END + ":\n" + log());
    }
    return process().exitValue();
  }

  /// Ends it at once, as a crash does.
  void kill() {
    process().destroyForcibly();
    waitFor(END);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    started();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /// Ends it, if it still runs.
  @Override
  public void close() {
    Process running = process;
    if (running != null && running.isAlive()) {
      running.destroy();
      if (!waitFor(END)) {
        kill();
      }
    }
  }

  private boolean waitFor(Duration time) {
    try {
      return process().waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Process process() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  private String read(String file) {
    if (directory == null) {
      throw new IllegalStateException("not started");
    }
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
