package io.wishbone.app.cluster;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A whole cluster as processes of this machine.
public final class Cluster implements AutoCloseable {

  /// Enough for a few nodes, and soon read again by a broker that was killed.
  private static final String PARTITIONS = "16";

  private static final String SIGNALING = "signaling";
  private static final String MEDIA = "media";

  private final ClusterPlan plan;
  private final List<KafkaBroker> brokers;
  private final List<InfinispanServer> stores;
  private final List<Member> pods = new ArrayList<>();
  private final List<Member> nodes = new ArrayList<>();

  private Cluster(ClusterPlan plan, List<KafkaBroker> brokers, List<InfinispanServer> stores) {
    this.plan = plan;
    this.brokers = brokers;
    this.stores = stores;
  }

  /// Starts all of it, and returns when all of it is ready.
  public static Cluster start(ClusterPlan plan) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var brokers =
          each(
              threads,
              plan.brokers(),
              index ->
                  KafkaBroker.start(
                      plan.servers(),
                      plan.directory().resolve("kafka-" + (index + 1)),
                      plan.kafkaPort(),
                      index,
                      plan.brokers()));
      var stores =
          each(
              threads,
              plan.stores(),
              index ->
                  InfinispanServer.start(
                      plan.servers(),
                      plan.directory().resolve("infinispan-" + (index + 1)),
                      plan.infinispanPort(),
                      index,
                      plan.stores(),
                      plan.areStoresApart()));
      var cluster = new Cluster(plan, joined(brokers), joined(stores));
      try {
        cluster.rehearse();
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

  private static <T> List<CompletableFuture<T>> each(
      ExecutorService threads, int count, IntFunction<T> start) {
    return IntStream.range(0, count)
        .mapToObj(index -> CompletableFuture.supplyAsync(() -> start.apply(index), threads))
        .toList();
  }

  private static <T> List<T> joined(List<CompletableFuture<T>> all) {
    return all.stream().map(CompletableFuture::join).toList();
  }

  /// Pods and nodes learn, once after each build, how to be fast: who comes meanwhile waits.
  private void rehearse() {
    MemberProgram signaling = program(SIGNALING);
    MemberProgram media = program(MEDIA);
    try (FileChannel file = FileChannel.open(signaling.lock(), CREATE, WRITE);
        FileLock _ = file.lock()) {
      if (!signaling.hasLearnt() || !media.hasLearnt()) {
        rehearse(signaling, media);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void rehearse(MemberProgram signaling, MemberProgram media) {
    System.err.println("preparing faster pods and nodes (once after each build) ...");
    var prefix = List.of("--kafka-topic-prefix", "rehearsal");
    try (Member pod = pod(0, signaling.learning(), storeAddresses(), prefix);
        Member node = node(0, media.learning(), bootstrapServers(), prefix)) {
      Rehearsal.hold(pod, node);
      signaling.keep();
      media.keep();
    } catch (RuntimeException failure) {
      System.err.println("they do without: " + failure.getMessage());
      signaling.doWithout();
      media.doWithout();
    }
  }

  private MemberProgram program(String app) {
    return new MemberProgram(plan.projectRoot(), app);
  }

  /// Starts a pod, for the first time or again after it has ended.
  public Member startPod(int index) {
    return startPod(index, storeAddresses(), List.of());
  }

  /// The same, with another way to the store.
  ///
  /// @param more options
  public Member startPod(int index, String stores, List<String> more) {
    return put(pods, index, pod(index, program(SIGNALING).command(), stores, more));
  }

  private Member pod(int index, List<String> program, String stores, List<String> more) {
    int port = plan.httpPort(index);
    List<String> options = new ArrayList<>(plan.podRegionOptions());
    options.addAll(more);
    options.addAll(
        List.of(
            "--kafka",
            bootstrapServers(),
            "--kafka-partitions",
            PARTITIONS,
            "--kafka-replication-factor",
            Integer.toString(KafkaBroker.replicas(plan.brokers())),
            "--infinispan",
            stores,
            "--http-port",
            Integer.toString(port)));
    return Member.start(program, "pod-" + (index + 1), plan.directory(), port, options);
  }

  /// Starts a node, for the first time or again after it has ended.
  public Member startNode(int index) {
    return startNode(index, bootstrapServers());
  }

  /// The same, with another way to the broker.
  public Member startNode(int index, String kafkaServers) {
    return put(
        nodes, index, node(index, program(MEDIA).command(), kafkaServers, plan.nodeOptions()));
  }

  private Member node(int index, List<String> program, String kafkaServers, List<String> more) {
    int port = plan.healthPort(index);
    List<String> options = new ArrayList<>(plan.nodeRegionOptions(index));
    options.addAll(more);
    options.addAll(
        List.of(
            "--kafka",
            kafkaServers,
            "--kafka-partitions",
            PARTITIONS,
            "--kafka-replication-factor",
            Integer.toString(KafkaBroker.replicas(plan.brokers())),
            "--bind",
            "127.0.0.1",
            "--health-port",
            Integer.toString(port),
            "--media-port",
            Integer.toString(plan.mediaPort(index))));
    return Member.start(program, "node-" + (index + 1), plan.directory(), port, options);
  }

  private static Member put(List<Member> members, int index, Member member) {
    if (index == members.size()) {
      members.add(member);
    } else {
      members.set(index, member);
    }
    return member;
  }

  /// The first broker, which may be the only one.
  public KafkaBroker kafka() {
    return brokers.getFirst();
  }

  /// One of the brokers.
  public KafkaBroker kafka(int index) {
    return brokers.get(index);
  }

  /// `host:port` of each broker, with commas in between.
  public String bootstrapServers() {
    return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
  }

  /// The first server of the store, which may be the only one.
  public InfinispanServer infinispan() {
    return stores.getFirst();
  }

  /// One of the servers of the store.
  public InfinispanServer infinispan(int index) {
    return stores.get(index);
  }

  /// `host:port` of each server of the store, with commas in between.
  public String storeAddresses() {
    return stores.stream().map(InfinispanServer::address).collect(Collectors.joining(","));
  }

  /// The process ids.
  public Map<String, Long> processes() {
    Map<String, Long> all = new TreeMap<>();
    for (int i = 0; i < brokers.size(); i++) {
      all.put("broker-" + (i + 1), brokers.get(i).process().pid());
    }
    for (int i = 0; i < stores.size(); i++) {
      all.put("store-" + (i + 1), stores.get(i).process().pid());
    }
    pods.forEach(pod -> all.put(pod.name(), pod.process().pid()));
    nodes.forEach(node -> all.put(node.name(), node.process().pid()));
    return all;
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
    stores.forEach(InfinispanServer::close);
    brokers.forEach(KafkaBroker::close);
  }
}
