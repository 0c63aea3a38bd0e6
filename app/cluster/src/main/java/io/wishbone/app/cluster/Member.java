package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

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
  /// @param app the folder of the program in `app`
  /// @param httpPort where it listens for HTTP, health included
  static Member start(
      Path projectRoot,
      String app,
      String name,
      Path directory,
      int httpPort,
      List<String> arguments) {
    Path jar =
        projectRoot.resolve("app").resolve(app).resolve("target/quarkus-app/quarkus-run.jar");
    var options = new ArrayList<String>();
    options.add("@" + projectRoot.resolve("app/standalone/jvm.options"));
    options.add("-Xmx256m");
    var program = new JavaProgram(options, jar.toString(), mainClass(jar), arguments);
    return new Member(
        name,
        URI.create("http://127.0.0.1:" + httpPort + "/"),
        LocalProcess.start(name, directory, program.command()));
  }

  private static String mainClass(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException failure) {
      throw new UncheckedIOException(jar + " is missing: build the project first", failure);
    }
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
