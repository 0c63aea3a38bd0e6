package io.wishbone.app.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A Kafka broker, alone or one of several: broker and controller in one (KRaft), on loopback.
/// Started again, it has what it had.
public final class KafkaBroker implements AutoCloseable {

  /// Of the same version as the jars of `server-kafka`.
  static final String IMAGE = "apache/kafka:4.3.1";

  private static final String CONFIGURATION = "server.properties";
  private static final String CLUSTER_ID = "d2lzaGJvbmUtbG9jYWwtMQ";
  private static final String READY = "Kafka Server started";

  private static final int PORTS = 4;

  private final ServerHost host;
  private final ServerDefinition definition;
  private final int port;
  private Server process;

  private KafkaBroker(ServerHost host, ServerDefinition definition, int port) {
    this.host = host;
    this.definition = definition;
    this.port = port;
    this.process = host.start(definition, null);
  }

  /// Starts a new broker that is the only one, and waits until it is ready.
  public static KafkaBroker start(ServerHost host, Path directory, int port) {
    return start(host, directory, port, 0, 1);
  }

  /// Starts a new broker and waits until it is ready, for which it needs most of the others.
  ///
  /// @param firstPort of the first broker: each has four TCP ports, for clients, for its
  ///   controller, and for clients behind a relay, which is expected at the fourth and connects to
  ///   the third
  /// @param index of this one, from 0
  /// @param count how many there are
  static KafkaBroker start(ServerHost host, Path directory, int firstPort, int index, int count) {
    int port = firstPort + index * PORTS;
    String configuration =
        configuration(
            host.root(directory), port, index + 1, voters(firstPort, count), replicas(count));
    return new KafkaBroker(host, definition(directory, configuration), port);
  }

  private static ServerDefinition definition(Path directory, String configuration) {
    return new ServerDefinition(
        "kafka",
        directory,
        Map.of(CONFIGURATION, configuration),
        READY,
        "server-kafka",
        List.of(
            new ServerDefinition.Program(
                List.of("-Xmx128m"),
                "kafka.tools.StorageTool",
                List.of("format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", CONFIGURATION)),
            new ServerDefinition.Program(
                List.of(
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"),
                "kafka.Kafka",
                List.of(CONFIGURATION))),
        IMAGE,
        """
        /opt/kafka/bin/kafka-storage.sh format --ignore-formatted -t %1$s -c %2$s \\
          && exec /opt/kafka/bin/kafka-server-start.sh %2$s
        """
            .formatted(CLUSTER_ID, CONFIGURATION),
        Map.of("KAFKA_HEAP_OPTS", "-Xmx192m -XX:+UseSerialGC"));
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

  private static String configuration(String root, int port, int id, String voters, int replicas) {
    return """
    process.roles=broker,controller
    node.id=%6$d
    controller.quorum.voters=%7$s
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,APART://127.0.0.1:%4$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,APART://127.0.0.1:%5$d
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,APART:PLAINTEXT
    log.dirs=%3$s
    broker.session.timeout.ms=3000
    broker.heartbeat.interval.ms=500
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
            root + "/data",
            port + 2,
            port + 3,
            id,
            voters,
            replicas,
            Math.max(1, replicas - 1));
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

  public Server process() {
    return process;
  }

  /// Starts it again after it has ended, with the data that it had.
  public void restart() {
    process = host.start(definition, process);
  }

  @Override
  public void close() {
    process.close();
  }
}
