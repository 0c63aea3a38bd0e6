package io.wishbone.app.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A whole cluster as processes of this machine.
public final class Cluster implements AutoCloseable {

  /// Enough for a few nodes, and soon read again by a broker that was killed.
  private static final String PARTITIONS = "16";

  private final ClusterPlan plan;
  private final KafkaBroker kafka;
  private final InfinispanServer infinispan;
  private final List<Member> pods = new ArrayList<>();
  private final List<Member> nodes = new ArrayList<>();

  private Cluster(ClusterPlan plan, KafkaBroker kafka, InfinispanServer infinispan) {
    this.plan = plan;
    this.kafka = kafka;
    this.infinispan = infinispan;
  }

  /// Starts all of it, and returns when all of it is ready.
  public static Cluster start(ClusterPlan plan) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var kafka =
          later(
              threads,
              () ->
                  KafkaBroker.start(
                      plan.projectRoot(), plan.directory().resolve("kafka"), plan.kafkaPort()));
      var infinispan =
          later(
              threads,
              () ->
                  InfinispanServer.start(
                      plan.projectRoot(),
                      plan.directory().resolve("infinispan"),
                      plan.infinispanPort()));
      var cluster = new Cluster(plan, kafka.join(), infinispan.join());
      try {
        IntStream.range(0, plan.pods()).forEach(cluster::startPod);
        IntStream.range(0, plan.nodes()).forEach(cluster::startNode);
        cluster.pods.forEach(Member::awaitReady);
        cluster.nodes.forEach(Member::awaitReady);
        return cluster;
      } catch (RuntimeException failure) {
        cluster.close();
        throw failure;
      }
    }
  }

  private static <T> CompletableFuture<T> later(ExecutorService threads, Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  /// Starts a pod, for the first time or again after it has ended.
  public Member startPod(int index) {
    int port = plan.httpPort(index);
    List<String> options = new ArrayList<>(plan.podRegionOptions());
    options.addAll(
        List.of(
            "--kafka",
            kafka.bootstrapServers(),
            "--kafka-partitions",
            PARTITIONS,
            "--infinispan",
            infinispan.address(),
            "--http-port",
            Integer.toString(port)));
    Member pod =
        Member.start(
            plan.projectRoot(), "signaling", "pod-" + (index + 1), plan.directory(), port, options);
    return put(pods, index, pod);
  }

  /// Starts a node, for the first time or again after it has ended.
  public Member startNode(int index) {
    return startNode(index, kafka.bootstrapServers());
  }

  /// The same, with another way to the broker.
  public Member startNode(int index, String kafkaServers) {
    String name = "node-" + (index + 1);
    int port = plan.healthPort(index);
    List<String> options = new ArrayList<>(plan.nodeRegionOptions(index));
    options.addAll(plan.nodeOptions());
    options.addAll(
        List.of(
            "--kafka",
            kafkaServers,
            "--kafka-partitions",
            PARTITIONS,
            "--bind",
            "127.0.0.1",
            "--health-port",
            Integer.toString(port),
            "--media-port",
            Integer.toString(plan.mediaPort(index))));
    Member node = Member.start(plan.projectRoot(), "media", name, plan.directory(), port, options);
    return put(nodes, index, node);
  }

  private static Member put(List<Member> members, int index, Member member) {
    if (index == members.size()) {
      members.add(member);
    } else {
      members.set(index, member);
    }
    return member;
  }

  public KafkaBroker kafka() {
    return kafka;
  }

  public InfinispanServer infinispan() {
    return infinispan;
  }

  public Member pod(int index) {
    return pods.get(index);
  }

  public Member node(int index) {
    return nodes.get(index);
  }

  public List<Member> pods() {
    return List.copyOf(pods);
  }

  public List<Member> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process().end());
    pods.forEach(pod -> pod.process().end());
    nodes.forEach(Member::close);
    pods.forEach(Member::close);
    infinispan.close();
    kafka.close();
  }
}
