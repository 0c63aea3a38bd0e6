package io.wishbone.it.cluster;

import io.wishbone.app.cluster.Cluster;
import io.wishbone.app.cluster.ClusterPlan;
import io.wishbone.app.cluster.ServerHost;
import io.wishbone.it.FreePorts;
import io.wishbone.it.ServerProgram;
import io.wishbone.it.WebhookReceiver;
import io.wishbone.it.tracing.OtlpReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Two pods and three nodes with brokers and stores, on ports that are free.
///
/// @param traces takes in what is traced
/// @param webhook is told what becomes of streams and sessions, in a cluster with regions
/// @param cables between servers of the store, where there are several
record TestCluster(
    Cluster cluster,
    ClusterPlan plan,
    OtlpReceiver traces,
    WebhookReceiver webhook,
    List<TcpRelay> cables)
    implements AutoCloseable {

  static final int PODS = 2;
  static final int NODES = 3;
  private static final Pattern PORT = Pattern.compile("a=candidate:\\S+ 1 udp \\d+ \\S+ (\\d+)");

  private static final ServerHost SERVERS = ServerHost.chosen(ServerProgram.root());

  /// Where brokers and stores of these tests run.
  static ServerHost servers() {
    return SERVERS;
  }

  static TestCluster start(ClusterKind kind) {
    int brokers = kind.brokers();
    int stores = kind.stores();
    int http = FreePorts.tcp(PODS + NODES + 4 * brokers + 5 * stores);
    int health = http + PODS;
    int kafka = health + NODES;
    var receiver = new OtlpReceiver();
    var webhook = new WebhookReceiver();
    Path directory = directory(kind, receiver, webhook);
    var plan =
        new ClusterPlan(
            ServerProgram.root(),
            servers(),
            directory,
            brokers,
            stores,
            PODS,
            NODES,
            http,
            FreePorts.udp(300),
            health,
            kafka,
            kafka + 4 * brokers,
            stores > 1,
            kind.regions(),
            kind.nodeOptions());
    List<TcpRelay> cables =
        stores == 1
            ? List.of()
            : IntStream.range(0, stores)
                .mapToObj(each -> new TcpRelay(plan.storeRelayPort(each), plan.storePort(each)))
                .toList();
    return new TestCluster(Cluster.start(plan), plan, receiver, webhook, cables);
  }

  /// With settings that its pods and nodes find there.
  private static Path directory(ClusterKind kind, OtlpReceiver receiver, WebhookReceiver webhook) {
    try {
      Path directory = Files.createTempDirectory("wishbone-" + kind);
      if (kind == ClusterKind.REGIONS) {
        Path settings = Files.createDirectories(directory.resolve("config"));
        Files.writeString(
            settings.resolve("application.properties"),
            "wishbone.trace.endpoint="
                + receiver.address()
                + "\nwishbone.notification.url="
                + webhook.address()
                + "\nwishbone.log-format=json\nwishbone.log-level=debug\n");
      }
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  URI pod(int index) {
    return cluster.pod(index).http();
  }

  /// Which node wrote an answer.
  int nodeOf(String answer) {
    Matcher matcher = PORT.matcher(answer);
    if (!matcher.find()) {
      throw new AssertionError("no candidate in " + answer);
    }
    return (Integer.parseInt(matcher.group(1)) - plan.mediaPort()) / 100;
  }

  /// All sessions that nodes have.
  int sessionsAtNodes() {
    return cluster.nodes().stream()
        .mapToInt(node -> (int) Exposition.of(node).value("wishbone_sessions{"))
        .sum();
  }

  @Override
  public void close() {
    cluster.close();
    cables.forEach(TcpRelay::close);
    traces.close();
    webhook.close();
    delete(plan.directory());
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
