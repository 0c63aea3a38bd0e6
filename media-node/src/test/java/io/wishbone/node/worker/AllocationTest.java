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
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Viewers of a simulcast (1.2 Mbit/s, 300 and 75 kbit/s) get what their paths carry.
class AllocationTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int SEEDS = Seeds.of(100);

  private static LinkConditions link(long bitsPerSecond) {
    return LinkConditions.WAN
        .withDelay(Duration.ofMillis(20), Duration.ofMillis(3))
        .withRate(bitsPerSecond, (int) Math.max(15_000, bitsPerSecond / 8 * 3 / 10));
  }

  /// Bits a second of the picture that came in the second before.
  private static long bitrate(SimViewer viewer, long now) {
    return Frames.bitrate(viewer.packets(MediaKind.VIDEO), now - SECOND.toNanos(), now);
  }

  @Test
  void followsAPathThatNarrowsAndWidens() {
    List<Double> frozen = new ArrayList<>();
    List<Long> up = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      node.publish("publisher", SimPublisher.repairingSimulcast(network, "10.0.0.1"));
      network.run(SECOND);
      SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
      network.connectOneWay(node.socket(), viewer.socket(), link(3_000_000));
      node.view("viewer", viewer);
      network.run(SECOND.multipliedBy(12));
      assertThat(bitrate(viewer, network.now())).as("seed %s", seed).isGreaterThan(1_000_000);

      network.connectOneWay(node.socket(), viewer.socket(), link(600_000));
      long narrowed = network.now();
      network.run(SECOND.multipliedBy(8));
      assertThat(bitrate(viewer, network.now())).as("seed %s", seed).isBetween(200_000L, 600_000L);
      Frames frames = Frames.of(viewer.packets(MediaKind.VIDEO));
      frozen.add(frames.frozen(narrowed, network.now(), 0) * 8_000);

      network.connectOneWay(node.socket(), viewer.socket(), link(3_000_000));
      long widened = network.now();
      network.run(SECOND.multipliedBy(20));
      assertThat(bitrate(viewer, network.now())).as("seed %s", seed).isGreaterThan(1_000_000);
      up.add(changed(viewer, widened, network.now()));
      assertThat(ViewerPackets.refused(viewer)).isZero();
      assertSoundIsWhole(viewer);
    }
    frozen.sort(null);
    up.sort(null);
    System.out.printf(
        "3 to 0.6 Mbit/s: frozen for %.0f ms (median), %.0f ms at most; back: upper quality after %d"
            + " ms (median), %d ms at most%n",
        frozen.get(SEEDS / 2), frozen.getLast(), up.get(SEEDS / 2), up.getLast());
    assertThat(frozen.getLast()).isLessThan(2_500);
    assertThat(up.getLast()).isLessThan(20_000);
  }

  /// When the picture's half second bitrate first is above 700 kbit/s for good, in milliseconds.
  private static long changed(SimViewer viewer, long from, long to) {
    long step = SECOND.toNanos() / 2;
    long since = from;
    for (long at = from + step; at <= to; at += step / 5) {
      if (Frames.bitrate(viewer.packets(MediaKind.VIDEO), at - step, at) <= 700_000) {
        since = at;
      }
    }
    return (since - from) / 1_000_000;
  }

  private static void assertSoundIsWhole(SimViewer viewer) {
    assertThat(viewer.soundShare()).isGreaterThanOrEqualTo(0.99);
  }

  @Test
  void givesThreeHundredViewersWhatEachCanTake() {
    var network = new SimNetwork(7);
    var node = new SimNode(network);
    var random = new SplittableRandom(7);
    SimPublisher publisher = SimPublisher.repairingSimulcast(network, "10.0.0.1");
    node.publish("publisher", publisher);
    network.run(SECOND);
    long[] rates = {200_000, 600_000, 2_500_000, 0};
    List<SimViewer> viewers = new ArrayList<>();
    List<Long> links = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SimViewer viewer = SimViewer.repairing(network, "10.1." + i / 200 + "." + (i % 200 + 1));
      long rate = rates[i % rates.length];
      network.connectOneWay(node.socket(), viewer.socket(), link(rate));
      node.view("viewer-" + i, viewer);
      viewers.add(viewer);
      links.add(rate);
      network.run(Duration.ofMillis(random.nextInt(10)));
    }
    network.run(SECOND.multipliedBy(15));

    long[] least = {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE};
    long[] most = new long[4];
    int[] atTheTop = new int[4];
    for (int i = 0; i < viewers.size(); i++) {
      List<ReceivedPacket> video = viewers.get(i).packets(MediaKind.VIDEO);
      long now = network.now();
      long rate = Frames.bitrate(video, now - SECOND.multipliedBy(4).toNanos(), now);
      least[i % 4] = Math.min(least[i % 4], rate);
      most[i % 4] = Math.max(most[i % 4], rate);
      atTheTop[i % 4] += rate > 900_000 ? 1 : 0;
      assertThat(ViewerPackets.refused(viewers.get(i))).isZero();
      assertThat(Frames.of(video).frozen(now - SECOND.multipliedBy(4).toNanos(), now, 400_000_000))
          .as("viewer %s of %s bit/s", i, links.get(i))
          .isLessThan(0.3);
    }
    for (int kind = 0; kind < 4; kind++) {
      System.out.printf(
          "path of %d kbit/s: %d to %d kbit/s of picture, %d of %d viewers at the top%n",
          rates[kind] / 1000,
          least[kind] / 1000,
          most[kind] / 1000,
          atTheTop[kind],
          viewers.size() / 4);
    }
    assertThat(most[0]).isLessThan(200_000);
    assertThat(least[1]).isGreaterThan(60_000);
    assertThat(most[1]).isLessThan(600_000);
    assertThat(atTheTop[2]).isGreaterThan(viewers.size() / 4 * 90 / 100);
    assertThat(atTheTop[3]).isGreaterThan(viewers.size() / 4 * 95 / 100);
    assertThat(publisher.keyframeRequests()).isLessThan(150);
  }
}
