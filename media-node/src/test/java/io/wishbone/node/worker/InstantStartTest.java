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
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// Late viewers begin with the group of pictures that is there.
class InstantStartTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int SEEDS = Seeds.of(200);

  /// A viewer that comes somewhere in the two seconds between keyframes.
  ///
  /// @param bitsPerSecond of the picture, without its keyframes
  private record Start(int bitsPerSecond, LinkConditions path) {}

  /// @param firstFrame milliseconds from connecting until the first frame is whole
  /// @param caughtUp milliseconds until frames are no later than in the end
  /// @param lost datagrams that the path had no room for
  /// @param queued milliseconds for which what the path has taken waited there, at most
  private record Figures(long firstFrame, long caughtUp, long lost, long queued) {}

  private static Figures start(long seed, Start start) {
    var network = new SimNetwork(seed);
    var node = new SimNode(network);
    var random = new SplittableRandom(seed);
    node.publish(
        "publisher", SimPublisher.stubborn(network, "10.0.0.1", 60, start.bitsPerSecond()));
    network.run(Duration.ofMillis(2500 + random.nextInt(2000)));
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    network.connect(
        node.socket(),
        viewer.socket(),
        start.path().withDelay(Duration.ofMillis(5 + random.nextInt(30)), Duration.ofMillis(3)));
    node.view("viewer", viewer);
    network.runUntil(viewer::isConnected, SECOND.multipliedBy(5));
    long connected = network.now();
    network.run(SECOND.multipliedBy(6));

    Frames frames = Frames.of(viewer.packets(MediaKind.VIDEO));
    assertThat(frames.broken()).as("seed %s", seed).isZero();
    assertThat(viewer.repair().duplicates()).isZero();
    assertThat(ViewerPackets.refused(viewer)).isZero();
    assertTimestampsRise(frames, seed);
    return new Figures(
        (frames.shown().getFirst().atNanos() - connected) / 1_000_000,
        caughtUpNanos(frames, connected) / 1_000_000,
        network.lost(),
        queuedMillis(viewer.packets(MediaKind.AUDIO)));
  }

  /// Sound waits for nothing but the path's queue.
  private static long queuedMillis(List<ReceivedPacket> sound) {
    List<Long> delays =
        sound.stream()
            .map(packet -> packet.atNanos() - packet.timestamp() * 1_000_000_000L / 48_000)
            .toList();
    return (Collections.max(delays) - Collections.min(delays)) / 1_000_000;
  }

  private static List<Figures> starts(String what, LongFunction<Start> starts) {
    List<Figures> figures = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      figures.add(start(seed, starts.apply(seed)));
    }
    System.out.printf(
        "%s: first frame after %s ms, caught up after %s ms, queued %s ms, lost %s%n",
        what,
        spread(figures, Figures::firstFrame),
        spread(figures, Figures::caughtUp),
        spread(figures, Figures::queued),
        spread(figures, Figures::lost));
    return figures;
  }

  private static String spread(List<Figures> figures, ToLongFunction<Figures> of) {
    long[] sorted = figures.stream().mapToLong(of).sorted().toArray();
    return "%d (median), %d (95 %%), %d (at most)"
        .formatted(
            sorted[sorted.length / 2], sorted[sorted.length * 95 / 100], sorted[sorted.length - 1]);
  }

  private static long most(List<Figures> figures, ToLongFunction<Figures> of) {
    return figures.stream().mapToLong(of).max().orElseThrow();
  }

  @Test
  void showsTheFirstFrameOfAPublisherThatIgnoresRequestsAtOnce() {
    List<Figures> figures =
        starts(
            "1.2 Mbit/s on 3 to 8",
            seed -> {
              long rate = 3_000_000 + new SplittableRandom(seed).nextInt(5_000_000);
              return new Start(1_200_000, LinkConditions.WAN.withRate(rate, 150_000));
            });
    assertBounds(figures, 400, 1500, 150);
  }

  private static void assertBounds(
      List<Figures> figures, long firstFrame, long caughtUp, long queued) {
    assertThat(most(figures, Figures::firstFrame)).isLessThan(firstFrame);
    assertThat(most(figures, Figures::caughtUp)).isLessThan(caughtUp);
    assertThat(most(figures, Figures::queued)).isLessThan(queued);
    assertThat(most(figures, Figures::lost)).isZero();
  }

  @Test
  void goesEasyOnAPathThatIsLittleWiderThanTheStream() {
    List<Figures> figures =
        starts("1.2 Mbit/s on 1.2 to 2 times that", seed -> narrow(seed, 1_200_000));
    assertBounds(figures, 500, 4000, 500);
  }

  @Test
  void showsAStreamFarAboveTheFirstEstimateAtOnce() {
    List<Figures> figures =
        starts(
            "6 Mbit/s on 12 to 30",
            seed -> {
              long rate = 12_000_000 + new SplittableRandom(seed).nextInt(18_000_000);
              return new Start(6_000_000, LinkConditions.WAN.withRate(rate, 300_000));
            });
    assertBounds(figures, 500, 2000, 250);
  }

  @Test
  void goesEasyOnAPathThatIsLittleWiderThanALargeStream() {
    List<Figures> figures =
        starts("6 Mbit/s on 1.2 to 2 times that", seed -> narrow(seed, 6_000_000));
    assertBounds(figures, 600, 4000, 500);
  }

  /// Without a word from the viewer the estimate stays what it is at first, a megabit a second; the
  /// two probes of the beginning come to it.
  @Test
  void sendsThePastAtOnePointTwoTimesTheEstimate() {
    var network = new SimNetwork(5);
    var node = new SimNode(network);
    node.publish("publisher", SimPublisher.stubborn(network, "10.0.0.1", 120, 6_000_000));
    network.run(Duration.ofMillis(2200));
    node.silenceReports();
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer", viewer);
    network.runUntil(viewer::isConnected, SECOND);
    network.run(SECOND);

    int bytes =
        viewer.packets(MediaKind.VIDEO).stream().mapToInt(each -> each.payload().length).sum();
    System.out.printf("%d bytes of the past within a second%n", bytes);
    int probes = 3_000_000 / 8 * 15 / 1000 + 6_000_000 / 8 * 15 / 1000;
    assertThat(bytes).isBetween(110_000, 1_200_000 / 8 + 2 * probes);
  }

  /// A path of 1.2 to 2 times the stream with its keyframes and its sound, that takes up to half a
  /// second's worth.
  private static Start narrow(long seed, int bitsPerSecond) {
    double stream = bitsPerSecond * 1.1 + 70_000;
    double rate = stream * (1.2 + 0.8 * new SplittableRandom(seed).nextDouble());
    return new Start(bitsPerSecond, LinkConditions.WAN.withRate((long) rate, (int) (rate / 8 / 2)));
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
