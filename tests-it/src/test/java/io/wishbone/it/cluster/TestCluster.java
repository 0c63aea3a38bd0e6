package io.wishbone.it.cluster;

import io.wishbone.app.cluster.Cluster;
import io.wishbone.app.cluster.ClusterPlan;
import io.wishbone.it.FreePorts;
import io.wishbone.it.ServerProgram;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two pods and three nodes with a broker and a store, on ports that are free.
record TestCluster(Cluster cluster, ClusterPlan plan) implements AutoCloseable {

  static final int PODS = 2;
  static final int NODES = 3;
  private static final Pattern PORT = Pattern.compile("a=candidate:\\S+ 1 udp \\d+ \\S+ (\\d+)");

  static TestCluster start(Path directory) {
    return start(directory, List.of());
  }

  /// @param regions that the nodes are in, one after the other
  static TestCluster start(Path directory, List<String> regions) {
    return start(directory, regions, List.of());
  }

  /// @param nodeOptions what media nodes are told besides
  static TestCluster start(Path directory, List<String> regions, List<String> nodeOptions) {
    return start(directory, regions, nodeOptions, 1, 1);
  }

  /// A cluster of which any broker and any server of the store may die.
  static TestCluster startWithThreeBrokersAndTwoStores(Path directory) {
    return start(directory, List.of(), List.of(), 3, 2);
  }

  private static TestCluster start(
      Path directory, List<String> regions, List<String> nodeOptions, int brokers, int stores) {
    int http = FreePorts.tcp(PODS + NODES + 4 * brokers + 3 * stores);
    int health = http + PODS;
    int kafka = health + NODES;
    var plan =
        new ClusterPlan(
            ServerProgram.root(),
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
            regions,
            nodeOptions);
    long begin = System.nanoTime();
    Cluster cluster = Cluster.start(plan);
    System.out.printf("a cluster was ready after %.1f s%n", (System.nanoTime() - begin) / 1e9);
    return new TestCluster(cluster, plan);
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

  @Override
  public void close() {
    cluster.close();
  }
}
