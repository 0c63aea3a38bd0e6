package io.wishbone.it.interop;

import io.wishbone.it.ServerProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A client's program in `tests-it/interop`: it does what its arguments say, tells about it in
/// lines on standard output, and obeys the words on its standard input.
final class ClientProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /// How many of its last lines a failure shows.
  private static final int TOLD = 10;

  private static final String NODE = "node";
  private static final String PYTHON = "/usr/bin/python3";

  private final Process process;
  private final Path errors;
  private final List<ProgramLine> told = new ArrayList<>();
  private final LinkedBlockingQueue<ProgramLine> lines = new LinkedBlockingQueue<>();

  private ClientProgram(List<String> command) {
    try {
      errors = Files.createTempFile("interop", ".txt");
      process =
          new ProcessBuilder(command)
              .directory(directory().toFile())
              .redirectError(errors.toFile())
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::read);
  }

  static Path directory() {
    return ServerProgram.root().resolve("tests-it/interop");
  }

  static ClientProgram node(String script, String role, URI endpoint) {
    return new ClientProgram(List.of(NODE, script, role, endpoint.toString()));
  }

  static ClientProgram python(String script, String role, URI endpoint) {
    return new ClientProgram(List.of(PYTHON, script, role, endpoint.toString()));
  }

  private void read() {
    try (BufferedReader output = process.inputReader()) {
      output.lines().map(ProgramLine::parse).forEach(lines::add);
    } catch (UncheckedIOException | IOException _) {
      // It was ended.
    }
  }

  /// The next line with this word that was not waited for yet.
  ProgramLine await(String event) {
    return await(event, line -> line.event().equals(event));
  }

  /// Waits until its peer connection is in a state.
  void awaitState(String state) {
    await(state, line -> line.is("state", "is", state));
  }

  /// Waits until it has counted so many frames or packets since a moment ago.
  void awaitMore(String name, long more) {
    lines.clear();
    long before = await("media").number(name);
    await(
        more + " more " + name,
        line -> line.event().equals("media") && line.number(name) >= before + more);
  }

  private ProgramLine await(String what, Predicate<ProgramLine> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (System.nanoTime() < deadline) {
        ProgramLine line = lines.poll(100, TimeUnit.MILLISECONDS);
        if (line != null) {
          told.add(line);
          if (told.size() > TOLD) {
            told.removeFirst();
          }
          if (wanted.test(line)) {
            return line;
          }
        } else if (!process.isAlive()) {
          break;
        }
      }
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
    throw new AssertionError("no " + what + "; it told " + told + "\n" + log());
  }

  /// The version that it tells first.
  String version() {
    return String.valueOf(await("version").values().get("text"));
  }

  void order(String word) {
    try {
      process.getOutputStream().write((word + "\n").getBytes());
      process.getOutputStream().flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Ends the session and the program, and returns the status that its DELETE was answered with.
  int stop() {
    order("stop");
    return (int) await("deleted").number("status");
  }

  private String log() {
    try {
      return Files.readString(errors);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
