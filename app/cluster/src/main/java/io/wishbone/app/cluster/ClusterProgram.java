package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The program: starts a cluster, says where everything is, and ends all of it with itself.
public final class ClusterProgram {

  private ClusterProgram() {}

  public static void main(String... arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    if (words.contains("--help") || words.contains("-h")) {
      System.out.print(ClusterOptions.HELP);
      return;
    }
    try {
      run(ClusterOptions.read(words, ClusterProgram::newDirectory));
    } catch (IllegalArgumentException refused) {
      System.err.println("wishbone: " + refused.getMessage());
      System.exit(2);
    } catch (RuntimeException failure) {
      System.err.println("wishbone: the cluster did not start: " + failure.getMessage());
      System.exit(1);
    }
  }

  private static void run(ClusterOptions options) throws InterruptedException {
    System.err.println(
        "Starting a cluster; logs are in " + options.directory() + ", and all ends with Ctrl-C.");
    Path home = Path.of(System.getProperty("wishbone.home", "")).toAbsolutePath();
    // Whatever of it runs ends with its standard input, that is, with this process.
    Cluster cluster =
        Cluster.start(
            new ClusterPlan(
                home,
                ServerHost.of(home, options.servers()),
                options.directory(),
                options.number("--brokers"),
                options.number("--stores"),
                options.number("--pods"),
                options.number("--nodes"),
                options.number("--http-port"),
                options.number("--media-port"),
                options.number("--health-port"),
                FreePorts.inARow(4 * options.number("--brokers")),
                FreePorts.inARow(5 * options.number("--stores")),
                false,
                options.regions(),
                List.of()));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(cluster::close));
    System.out.println("Kafka       " + cluster.bootstrapServers());
    System.out.println("Infinispan  " + cluster.storeAddresses());
    cluster.pods().forEach(pod -> System.out.printf("%-11s %s%n", pod.name(), pod.http()));
    cluster
        .nodes()
        .forEach(node -> System.out.printf("%-11s %sq/metrics%n", node.name(), node.http()));
    new CountDownLatch(1).await();
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("wishbone-cluster");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
