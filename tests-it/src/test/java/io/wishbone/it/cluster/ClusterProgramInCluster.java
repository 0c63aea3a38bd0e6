package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.it.FreePorts;
import io.wishbone.it.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program behind `./wishbone cluster`: Ctrl-C ends all that it has started, whenever that is.
class ClusterProgramInCluster {

  private static final Duration START = Duration.ofSeconds(180);
  private static final Duration END = Duration.ofSeconds(30);

  @TempDir private Path directory = Path.of("");

  /// @param output what it has printed goes there
  private record Program(Process process, int httpPort, Path output) implements AutoCloseable {

    static Program start(Path directory) throws IOException {
      int ports = FreePorts.tcp(2);
      Path output = directory.resolve("output.txt");
      Path cluster = ServerProgram.root().resolve("app/cluster/target");
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  cluster.resolve("classes") + ":" + cluster.resolve("lib") + "/*",
                  "-Dwishbone.home=" + ServerProgram.root(),
                  "io.wishbone.app.cluster.ClusterProgram",
                  "--servers",
                  "processes",
                  "--pods",
                  "1",
                  "--nodes",
                  "1",
                  "--http-port",
                  Integer.toString(ports),
                  "--health-port",
                  Integer.toString(ports + 1),
                  "--media-port",
                  Integer.toString(FreePorts.udp(100)),
                  "--directory",
                  directory.resolve("cluster").toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Program(process, ports, output);
    }

    String said() {
      try {
        return Files.readString(output);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    List<ProcessHandle> children() {
      return process.descendants().toList();
    }

    /// As Ctrl-C does.
    void interrupt() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    void assertNothingIsLeft(List<ProcessHandle> children) throws InterruptedException {
      assertThat(process.waitFor(END.toSeconds(), TimeUnit.SECONDS)).as(said()).isTrue();
      await().atMost(END).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void endsAllOfItWhenItIsInterrupted() throws Exception {
    try (Program program = Program.start(directory)) {
      await()
          .atMost(START)
          .until(() -> program.said().contains("q/metrics") || !program.process().isAlive());
      assertThat(program.said())
          .contains("Kafka and Infinispan run as processes of this machine", "pod-1", "node-1");
      var pod = URI.create("http://127.0.0.1:" + program.httpPort() + "/q/health/ready");
      assertThat(LiveSession.send(HttpRequest.newBuilder(pod)).statusCode()).isEqualTo(200);
      List<ProcessHandle> children = program.children();
      assertThat(children).as("broker, store, pod, node").hasSize(4);

      program.interrupt();

      program.assertNothingIsLeft(children);
    }
  }

  @Test
  void endsWhatHasStartedWhenItIsInterruptedMeanwhile() throws Exception {
    try (Program program = Program.start(directory)) {
      await().atMost(START).until(() -> program.children().size() > 1);
      List<ProcessHandle> children = program.children();
      assertThat(program.said()).doesNotContain("pod-1");

      program.interrupt();

      program.assertNothingIsLeft(children);
      assertThat(program.process().exitValue()).isNotZero();
    }
  }
}
