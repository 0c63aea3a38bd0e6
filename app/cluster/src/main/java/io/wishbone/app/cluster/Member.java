package io.wishbone.app.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A signalling pod or a media node as a local process.
public final class Member implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(3);

  private final String name;
  private final URI http;
  private final LocalProcess process;

  private Member(String name, URI http, LocalProcess process) {
    this.name = name;
    this.http = http;
    this.process = process;
  }

  /// Starts it and returns at once.
  ///
  /// @param program the command without arguments
  /// @param httpPort where it listens for HTTP, health included
  static Member start(
      List<String> program, String name, Path directory, int httpPort, List<String> arguments) {
    var command = new ArrayList<>(program);
    command.addAll(arguments);
    return new Member(
        name,
        URI.create("http://127.0.0.1:" + httpPort + "/"),
        LocalProcess.start(name, directory, command));
  }

  public String name() {
    return name;
  }

  /// What its URLs begin with.
  public URI http() {
    return http;
  }

  public LocalProcess process() {
    return process;
  }

  /// Whether it can do its work now.
  public boolean isReady() {
    return isUp("q/health/ready");
  }

  /// Whether there is no reason to end it.
  public boolean isLive() {
    return isUp("q/health/live");
  }

  private boolean isUp(String path) {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(http.resolve(path)).timeout(ANSWER).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Waits until it is ready.
  ///
  /// @throws IllegalStateException when it ends instead, or takes too long; with what it printed
  public Member awaitReady() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(name + " did not get ready:\n" + process.output());
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
    return this;
  }

  @Override
  public void close() {
    process.close();
  }
}
