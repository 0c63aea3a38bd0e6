package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A Kafka broker as a local process, alone or one of several: broker and controller in one
/// (KRaft), on loopback, its data in a folder of its own. Started again, it has what it had.
public final class KafkaBroker implements AutoCloseable {

  private static final String CLUSTER_ID = "d2lzaGJvbmUtbG9jYWwtMQ";
  private static final String READY = "Kafka Server started";

  private static final int PORTS = 4;

  private final String classPath;
  private final Path directory;
  private final int port;
  private LocalProcess process;

  private KafkaBroker(String classPath, Path directory, int port, LocalProcess process) {
    this.classPath = classPath;
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /// Starts a new broker that is the only one, and waits until it is ready.
  public static KafkaBroker start(Path projectRoot, Path directory, int port) {
    return start(projectRoot, directory, port, 0, 1);
  }

  /// Starts a new broker and waits until it is ready, for which it needs most of the others.
  ///
  /// @param firstPort of the first broker: each has four TCP ports, for clients, for its
  ///   controller, and for clients behind a relay, which is expected at the fourth and connects to
  ///   the third
  /// @param index of this one, from 0
  /// @param count how many there are
  static KafkaBroker start(Path projectRoot, Path directory, int firstPort, int index, int count) {
    String classPath = ServerClassPath.of(projectRoot, "server-kafka");
    int port = firstPort + index * PORTS;
    writeConfiguration(directory, port, index + 1, voters(firstPort, count), replicas(count));
    format(classPath, directory);
    return new KafkaBroker(classPath, directory, port, run(classPath, directory));
  }

  private static String voters(int firstPort, int count) {
    return IntStream.range(0, count)
        .mapToObj(each -> (each + 1) + "@127.0.0.1:" + (firstPort + each * PORTS + 1))
        .collect(Collectors.joining(","));
  }

  /// At how many brokers each record is.
  static int replicas(int brokers) {
    return Math.min(brokers, 3);
  }

  private static void writeConfiguration(
      Path directory, int port, int id, String voters, int replicas) {
    String configuration =
        """
        process.roles=broker,controller
        node.id=%6$d
        controller.quorum.voters=%7$s
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,APART://127.0.0.1:%4$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,APART://127.0.0.1:%5$d
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,APART:PLAINTEXT
        log.dirs=%3$s
        broker.session.timeout.ms=3000
        min.insync.replicas=%9$d
        offsets.topic.replication.factor=%8$d
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=%8$d
        transaction.state.log.min.isr=%9$d
        share.coordinator.state.topic.replication.factor=%8$d
        share.coordinator.state.topic.min.isr=%9$d
        group.initial.rebalance.delay.ms=0
        auto.create.topics.enable=false
        log.cleaner.dedupe.buffer.size=8388608
        """
            .formatted(
                port,
                port + 1,
                directory.resolve("data"),
                port + 2,
                port + 3,
                id,
                voters,
                replicas,
                Math.max(1, replicas - 1));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("server.properties"), configuration);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void format(String classPath, Path directory) {
    LocalProcess.start(
            "format",
            directory,
            new JavaProgram(
                    List.of("-Xmx128m"),
                    classPath,
                    "kafka.tools.StorageTool",
                    List.of(
                        "format",
                        "--ignore-formatted",
                        "-t",
                        CLUSTER_ID,
                        "-c",
                        "server.properties"))
                .command())
        .awaitEnd();
  }

  private static LocalProcess run(String classPath, Path directory) {
    return LocalProcess.start(
            "kafka",
            directory,
            new JavaProgram(
                    List.of(
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"),
                    classPath,
                    "kafka.Kafka",
                    List.of("server.properties"))
                .command())
        .awaitLine(READY);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /// Where a relay connects to.
  public int portApart() {
    return port + 2;
  }

  /// Where a relay is expected: what connects there is told to come back there.
  public int relayPort() {
    return port + 3;
  }

  public LocalProcess process() {
    return process;
  }

  /// Starts it again after it has ended, with the data that it had.
  public void restart() {
    process.close();
    process = run(classPath, directory);
  }

  @Override
  public void close() {
    process.close();
  }
}
