package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Late viewers begin with the group of pictures that is there.
class InstantStartTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int SEEDS = Seeds.of(200);

  @Test
  void showsTheFirstFrameOfAPublisherThatIgnoresRequestsAtOnce() {
    List<Long> firstFrames = new ArrayList<>();
    List<Long> caughtUp = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      var random = new SplittableRandom(seed);
      node.publish("publisher", SimPublisher.stubborn(network, "10.0.0.1", 60));
      network.run(Duration.ofMillis(2500 + random.nextInt(2000)));
      SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
      network.connect(
          node.socket(),
          viewer.socket(),
          LinkConditions.WAN
              .withDelay(Duration.ofMillis(5 + random.nextInt(30)), Duration.ofMillis(3))
              .withRate(3_000_000 + random.nextInt(5_000_000), 150_000));
      node.view("viewer", viewer);
      network.runUntil(viewer::isConnected, SECOND.multipliedBy(5));
      long connected = network.now();
      network.run(SECOND.multipliedBy(4));

      List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
      Frames frames = Frames.of(video);
      assertThat(frames.broken()).as("seed %s", seed).isZero();
      assertThat(viewer.repair().duplicates()).isZero();
      assertThat(ViewerPackets.refused(viewer)).isZero();
      assertTimestampsRise(frames, seed);
      firstFrames.add((frames.shown().getFirst().atNanos() - connected) / 1_000_000);
      caughtUp.add(caughtUpNanos(frames, connected) / 1_000_000);
    }
    Collections.sort(firstFrames);
    Collections.sort(caughtUp);
    System.out.printf(
        "first frame after %d ms (median), %d ms (95 %%), %d ms at most; caught up after %d ms"
            + " (median), %d ms at most%n",
        firstFrames.get(SEEDS / 2),
        firstFrames.get(SEEDS * 95 / 100),
        firstFrames.getLast(),
        caughtUp.get(SEEDS / 2),
        caughtUp.getLast());
    assertThat(firstFrames.getLast()).isLessThan(400);
    assertThat(caughtUp.getLast()).isLessThan(1500);
  }

  private static void assertTimestampsRise(Frames frames, long seed) {
    long before = frames.shown().getFirst().timestamp() - 1;
    for (Frames.Frame frame : frames.shown()) {
      assertThat(frame.timestamp()).as("seed %s", seed).isGreaterThan(before);
      before = frame.timestamp();
    }
  }

  /// When frames are no later than they will be in the end, within three frames.
  private static long caughtUpNanos(Frames frames, long connected) {
    List<Frames.Frame> shown = frames.shown();
    long usual =
        shown.subList(shown.size() - 29, shown.size()).stream()
            .mapToLong(InstantStartTest::delay)
            .sorted()
            .skip(14)
            .findFirst()
            .orElseThrow();
    for (Frames.Frame frame : shown) {
      if (delay(frame) - usual < 100_000_000) {
        return frame.atNanos() - connected;
      }
    }
    throw new AssertionError("never caught up");
  }

  private static long delay(Frames.Frame frame) {
    return frame.atNanos() - frame.timestamp() * 1_000_000_000L / 90_000;
  }

  @Test
  void asksNobodyForAKeyframeWhileTheGroupIsYoung() {
    var network = new SimNetwork(3);
    var node = new SimNode(network);
    SimPublisher publisher = node.publish();
    network.run(SECOND);
    for (int i = 0; i < 20; i++) {
      SimViewer viewer = node.view(i);
      network.run(Duration.ofMillis(40));
      assertThat(ViewerPackets.startsKeyframe(viewer.packets(MediaKind.VIDEO).getFirst())).isTrue();
    }

    assertThat(publisher.keyframeRequests()).isZero();
  }

  @Test
  void prefersANewKeyframeToALongPastWhenThePublisherMakesOne() {
    var network = new SimNetwork(4);
    var node = new SimNode(network);
    SimPublisher publisher = node.publish();
    network.run(SECOND.multipliedBy(3));
    node.view(1);
    network.run(SECOND.multipliedBy(5));
    SimViewer late = node.view(2);
    network.run(SECOND.dividedBy(2));

    assertThat(publisher.keyframeRequests()).isEqualTo(2);
    List<ReceivedPacket> video = late.packets(MediaKind.VIDEO);
    assertThat(ViewerPackets.startsKeyframe(video.getFirst())).isTrue();
    assertThat(Frames.of(video).shown()).hasSizeLessThan(20);
  }
}
