package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process of this machine that is ready once it has printed a line. What it prints goes into a
/// file. Safe for use by many threads.
public final class LocalProcess implements Server {

  private static final Duration START = Duration.ofSeconds(180);
  private static final Duration SHUT_DOWN = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(50);

  private final String name;
  private final Path log;
  private final Process process;

  private LocalProcess(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
  }

  /// Starts it in `directory`, and returns at once.
  static LocalProcess start(String name, Path directory, List<String> command) {
    Path log = directory.resolve(name + ".log");
    try {
      Files.createDirectories(directory);
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new LocalProcess(name, log, process);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Waits until it has printed a line that contains `ready`.
  ///
  /// @throws IllegalStateException when it ends instead, or takes too long; with what it printed
  LocalProcess awaitLine(String ready) {
    long deadline = System.nanoTime() + START.toNanos();
    while (!output().contains(ready)) {
      if (waitFor(STEP) || System.nanoTime() > deadline) {
        String said = output();
        close();
        throw new IllegalStateException(name + " did not get ready:\n" + said);
      }
    }
    return this;
  }

  /// Waits until it has ended by itself, without a fault.
  void awaitEnd() {
    if (!waitFor(START) || process.exitValue() != 0) {
      String said = output();
      close();
      throw new IllegalStateException(name + " did not do its work:\n" + said);
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    waitFor(END);
  }

  @Override
  public void freeze() {
    signal("-STOP");
  }

  @Override
  public void thaw() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException(this.name + " got no " + name);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private boolean waitFor(Duration time) {
    try {
      return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Asks it to end in its own time, as service managers do, and returns at once.
  public void terminate() {
    // What the platform has for it closes standard input as well, which ends it at once.
    signal("-TERM");
  }

  @Override
  public void shutDown() {
    terminate();
    var _ = awaitExit(SHUT_DOWN);
  }

  /// Waits until it has ended.
  ///
  /// @return its exit code
  /// @throws IllegalStateException when it does not end in that time; with what it printed
  public int awaitExit(Duration time) {
    if (!waitFor(time)) {
      throw new IllegalStateException(name + " did not end:\n" + output());
    }
    return process.exitValue();
  }

  /// Lets it end as if who started it had ended, without waiting for anybody, and returns at once.
  void end() {
    try {
      process.getOutputStream().close();
    } catch (IOException _) {
      // It has ended.
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      end();
      if (!waitFor(END)) {
        kill();
      }
    }
  }
}
