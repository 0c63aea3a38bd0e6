package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Nodes that have a stream from nodes that have it from others.
class RelayTreeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode middle = cluster.open("middle", 2);
  private final SimNode leaf = cluster.open("leaf", 3);

  private SimPublisher publishAndBuild() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(middle, "origin");
    cluster.bring(leaf, "middle");
    return publisher;
  }

  private static StreamReport last(SimNode node) {
    return node.reports().getLast();
  }

  private static void assertAbsent(ChangeResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_ABSENT));
  }

  @Test
  void sendsEachEdgeOneCopyHoweverManyViewersThereAre() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(middle, "origin");
    cluster.bring(leaf, "origin");
    for (int i = 0; i < 6; i++) {
      (i < 3 ? middle : leaf).view(i);
    }
    network.run(SECOND);
    int before = publisher.mediaPackets();
    long middleBefore = packetsTo(origin, middle);
    long leafBefore = packetsTo(origin, leaf);

    network.run(SECOND.multipliedBy(5));

    int sent = publisher.mediaPackets() - before;
    assertThat(sent).isGreaterThan(500);
    assertThat(packetsTo(origin, middle) - middleBefore).isBetween(sent - 2L, sent + 2L);
    assertThat(packetsTo(origin, leaf) - leafBefore).isBetween(sent - 2L, sent + 2L);
    assertThat(origin.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 0, 1));
    assertThat(last(origin).viewers()).isZero();
    assertThat(last(middle).viewers()).isEqualTo(3);
  }

  /// Media packets that a node has sent an edge.
  private long packetsTo(SimNode parent, SimNode edge) {
    return cluster.media(parent, edge.relaySockets().getFirst().address());
  }

  @Test
  void serveViewersThreeNodesAwayFromTheOrigin() {
    SimNode far = cluster.open("far", 4);
    SimPublisher publisher = publishAndBuild();
    cluster.bring(far, "leaf");
    SimViewer viewer = far.view(1);

    network.run(SECOND.multipliedBy(3));

    RelayedPackets.assertAreWhatWasSent(publisher, viewer);
    RelayedPackets.assertIsWhole(viewer.packets(MediaKind.VIDEO));
    assertThat(last(far).parent()).isEqualTo("leaf");
  }

  @Test
  void refuseToHaveAStreamFromWhoeverHasItFromHere() {
    publishAndBuild();
    middle.view(1);
    leaf.view(2);
    network.run(SECOND);

    assertAbsent(cluster.result(middle, "leaf"));
    assertAbsent(cluster.result(middle, "middle"));

    network.run(SECOND);
    assertThat(last(middle)).matches(StreamReport::live).matches(r -> r.parent().equals("origin"));
    assertThat(last(leaf)).matches(StreamReport::live).matches(r -> r.parent().equals("middle"));
  }

  @Test
  void doNotHaveAStreamFromEachOtherEvenWhenAskedAtOnce() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(middle, "origin");
    cluster.bring(leaf, "origin");
    SimViewer viewer = middle.view(1);
    leaf.view(2);
    network.run(SECOND);

    cluster.pull(middle, "from-leaf", "leaf");
    cluster.pull(leaf, "from-middle", "middle");
    network.run(SECOND.multipliedBy(10));

    boolean loop =
        last(middle).live()
            && last(leaf).live()
            && "leaf".equals(last(middle).parent())
            && "middle".equals(last(leaf).parent());
    assertThat(loop).isFalse();
    cluster.bring(middle, "origin");
    int before = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND.multipliedBy(2));
    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(before + 50);
    assertThat(publisher.isConnected()).isTrue();
  }

  @Test
  void endsATreeThatHasBecomeTooDeep() {
    publishAndBuild();
    String parent = "leaf";
    for (int i = 4; i <= 8; i++) {
      SimNode next = cluster.open("node-" + i, i);
      cluster.bring(next, parent);
      parent = "node-" + i;
    }
    SimNode ninth = cluster.open("node-9", 9);

    assertThat(cluster.result(ninth, parent))
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_FULL));
  }

  @Test
  void letsViewersGoOnWhenTheirNodesParentDiesAndAnotherIsNamed() {
    SimPublisher publisher = publishAndBuild();
    SimViewer viewer = leaf.view(1);
    network.run(SECOND.multipliedBy(2));

    middle.vanish();
    long died = network.now();
    assertThat(network.runUntil(() -> !last(leaf).live(), SECOND.multipliedBy(5))).isTrue();
    assertThat(Duration.ofNanos(network.now() - died)).isLessThan(Duration.ofMillis(3_100));
    assertThat(last(leaf).parent()).isEqualTo("middle");
    int before = viewer.packets(MediaKind.VIDEO).size();
    cluster.bring(leaf, "origin");
    network.run(SECOND.multipliedBy(2));

    List<ReceivedPacket> picture = viewer.packets(MediaKind.VIDEO);
    assertThat(picture.size()).isGreaterThan(before + 50);
    assertThat(ViewerPackets.startsKeyframe(picture.get(before))).isTrue();
    RelayedPackets.assertIsWhole(picture);
    assertThat(leaf.ended()).noneMatch(ended -> ended.sessionId().startsWith("viewer"));
    assertThat(last(leaf)).matches(StreamReport::live).matches(r -> r.parent().equals("origin"));
    assertThat(publisher.isConnected()).isTrue();
  }

  @Test
  void goesOverToAnotherParentBeforeItLeavesTheFirst() {
    publishAndBuild();
    SimViewer viewer = leaf.view(1);
    network.run(SECOND.multipliedBy(2));
    int reports = leaf.reports().size();

    cluster.bring(leaf, "origin");
    network.run(SECOND.multipliedBy(2));

    assertThat(leaf.reports().subList(reports, leaf.reports().size()))
        .allMatch(StreamReport::live)
        .anyMatch(report -> "origin".equals(report.parent()));
    List<ReceivedPacket> picture = viewer.packets(MediaKind.VIDEO);
    for (int i = 1; i < picture.size(); i++) {
      assertThat(picture.get(i).atNanos() - picture.get(i - 1).atNanos()).isLessThan(150_000_000);
    }
    RelayedPackets.assertIsWhole(picture);
    network.run(SECOND.multipliedBy(6));
    assertThat(middle.worker().relayCount()).isZero();
    assertThat(origin.worker().relayCount()).isEqualTo(1);
  }

  @Test
  void staysWithItsParentWhenAnotherThatWasNamedCannotBeHad() {
    publishAndBuild();
    SimViewer viewer = leaf.view(1);
    network.run(SECOND);

    assertAbsent(cluster.result(leaf, "nobody"));
    int before = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND);

    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(before + 25);
    assertThat(last(leaf).parent()).isEqualTo("middle");
  }

  @Test
  void opensNothingTwiceWhenCommandsAreRepeated() {
    publishAndBuild();
    leaf.view(1);
    network.run(SECOND);
    int calls = cluster.calls().size();

    cluster.pull(leaf, "pull-2-from-middle", "middle");
    cluster.pull(leaf, "another", "middle");
    cluster.pull(origin, "needless", "leaf");

    assertThat(cluster.pulled().subList(2, 5)).containsOnly(new ChangeResult.Done());
    assertThat(cluster.calls()).hasSize(calls);
    assertThat(leaf.pullsEnded()).containsExactly("another");
    assertThat(origin.pullsEnded()).containsExactly("needless");

    RelayCall call = cluster.calls().getFirst();
    String first = cluster.answerTo(origin, call);
    assertThat(cluster.answerTo(origin, call)).isEqualTo(first);
    assertThat(origin.worker().relayCount()).isEqualTo(1);
  }

  @Test
  void takesNoMoreRelaysThanItIsSetTo() {
    SimNode small = cluster.open("small", 5, new RelayLimits(1, 10, SECOND.toNanos()));
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.9");
    small.publish("publisher", publisher);
    network.run(SECOND);
    cluster.bring(middle, "small");

    assertThat(cluster.result(leaf, "small"))
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_FULL));
  }
}
