package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Every pod and every node is told to end, one after the other, and started anew, while requests
/// come at a steady rate, people publish, and people watch. Times are printed; what is asserted is
/// that no request fails, that each process ends by itself, and that everybody sees everything in
/// the end.
@UsesCluster(ClusterKind.ALIKE)
class RollingRestartInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 6;

  /// R21.
  private static final double LONGEST_GAP_SECONDS = 0.5;

  private static final double LONGEST_OF_ALL_SECONDS = 5;

  private final List<ReturningPublisher> publishers = new ArrayList<>();
  private final List<FollowingViewer> viewers = new ArrayList<>();

  /// In sound, for viewers whose publisher stays, one for each process that was restarted.
  private final List<Double> gaps = new ArrayList<>();

  @Test
  void dropsNoRequest(TestCluster cluster) {
    try (var parts = ClientParts.start("rolling-clients", new SignalingClient(null));
        var balancer = new Balancer(List.of(cluster.pod(0), cluster.pod(1)))) {
      await().atMost(PATIENCE).until(() -> isEverybodyIn(cluster, balancer));
      for (int i = 0; i < STREAMS; i++) {
        String stream = "rolling" + i;
        publishers.add(new ReturningPublisher(parts, balancer, stream));
        viewers.add(new FollowingViewer(parts, balancer, stream));
        viewers.add(new FollowingViewer(parts, balancer, stream));
      }
      awaitMedia();
      var offer = new LiveSession.Offer(LiveSession.publisher(parts).offer());
      var load = new SteadyLoad(cluster, balancer, offer);
      try (load) {
        await().atMost(PATIENCE).until(() -> load.requests() > 100);
        gap(_ -> true);
        for (int i = 0; i < TestCluster.PODS; i++) {
          restartPod(cluster, balancer, i);
        }
        for (int i = 0; i < TestCluster.NODES; i++) {
          restartNode(cluster, load, i);
        }
      }
      System.out.printf(
          "rolling restart of %d pods and %d nodes: %s%n",
          TestCluster.PODS, TestCluster.NODES, load);
      System.out.printf(
          "  publishers came again %d times and were told to ask later %d times; the longest time from a"
              + " good-bye to the next answer was %.2f s%n",
          publishers.stream().mapToInt(ReturningPublisher::returns).sum(),
          publishers.stream().mapToInt(ReturningPublisher::refusals).sum(),
          publishers.stream().mapToDouble(ReturningPublisher::longestSeconds).max().orElse(0));
      load.failures().forEach(failure -> System.out.println("  " + failure));
      awaitMedia();
      assertThat(load.failures()).isEmpty();
      System.out.printf(
          "  longest gap in sound for viewers whose publisher stays: %s s%n",
          gaps.stream().map("%.2f"::formatted).toList());
      // A busy machine may stop everything for a while, but not in two of five restarts.
      assertThat(gaps).hasSize(TestCluster.PODS + TestCluster.NODES);
      assertThat(gaps)
          .filteredOn(gap -> gap <= LONGEST_GAP_SECONDS)
          .hasSizeGreaterThanOrEqualTo(gaps.size() - 1);
      assertThat(gaps).allMatch(gap -> gap < LONGEST_OF_ALL_SECONDS);
      viewers.forEach(FollowingViewer::close);
      publishers.forEach(ReturningPublisher::close);
    }
  }

  private static boolean isEverybodyIn(TestCluster cluster, Balancer balancer) {
    return balancer.isIn(cluster.pod(0)) && balancer.isIn(cluster.pod(1));
  }

  /// Something has come to everybody since now.
  private void awaitMedia() {
    long now = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .until(() -> viewers.stream().noneMatch(each -> each.arrivals().isSilentSince(now)));
  }

  private void restartPod(TestCluster cluster, Balancer balancer, int index) {
    int readings = viewers.stream().mapToInt(FollowingViewer::readings).sum();
    double took = restart(cluster.cluster().pod(index), () -> cluster.cluster().startPod(index));
    await().atMost(PATIENCE).until(() -> isEverybodyIn(cluster, balancer));
    double longest = gap(_ -> true);
    gaps.add(longest);
    System.out.printf(
        "pod %d ended %.1f s after SIGTERM; %d readers of events came back; longest gap in sound"
            + " %.2f s%n",
        index + 1,
        took,
        viewers.stream().mapToInt(FollowingViewer::readings).sum() - readings,
        longest);
  }

  private void restartNode(TestCluster cluster, SteadyLoad load, int index) {
    List<String> moving = new ArrayList<>();
    for (ReturningPublisher each : publishers) {
      if (cluster.nodeOf(each.session().answer()) == index) {
        moving.add(each.session().stream());
      }
    }
    long there =
        viewers.stream().filter(each -> cluster.nodeOf(each.session().answer()) == index).count();
    int moves = viewers.stream().mapToInt(FollowingViewer::moves).sum();
    long told = System.nanoTime();
    double took = restart(cluster.cluster().node(index), () -> cluster.cluster().startNode(index));
    long letIn =
        load.openedAt(index, told + TimeUnit.SECONDS.toNanos(1), told + (long) (took * 1e9));
    await()
        .atMost(PATIENCE)
        .until(() -> publishers.stream().allMatch(each -> each.session().peer().isConnected()));
    awaitMedia();
    double undisturbed = gap(each -> !moving.contains(each.session().stream()));
    gaps.add(undisturbed);
    System.out.printf(
        "node %d ended %.1f s after SIGTERM; %d who came more than a second after it were let in there; of %d viewers there %d went elsewhere in time; longest"
            + " gap in sound %.2f s, for viewers of its %d publishers %.2f s%n",
        index + 1,
        took,
        letIn,
        there,
        viewers.stream().mapToInt(FollowingViewer::moves).sum() - moves,
        undisturbed,
        moving.size(),
        gap(each -> moving.contains(each.session().stream())));
    assertThat(letIn).isZero();
  }

  private double gap(Predicate<FollowingViewer> wanted) {
    return viewers.stream()
        .filter(wanted)
        .mapToDouble(each -> each.arrivals().takeLongestGap())
        .max()
        .orElse(0);
  }

  /// @return how long it took to end
  private static double restart(Member member, Supplier<Member> start) {
    long told = System.nanoTime();
    member.process().terminate();
    assertThat(member.process().awaitExit(PATIENCE)).as(member.name()).isZero();
    double took = (System.nanoTime() - told) / 1e9;
    start.get().awaitReady();
    return took;
  }
}
