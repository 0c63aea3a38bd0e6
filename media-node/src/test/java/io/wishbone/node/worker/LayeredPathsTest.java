package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Viewers of one encoding in layers (1.2 Mbit/s) get what their paths carry, and can decode it.
class LayeredPathsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static LinkConditions link(long bitsPerSecond) {
    return LinkConditions.WAN
        .withDelay(Duration.ofMillis(20), Duration.ofMillis(3))
        .withRate(bitsPerSecond, (int) Math.max(15_000, bitsPerSecond / 8 * 3 / 10));
  }

  private static SimViewer viewer(SimNetwork network, Codec codec, String host) {
    return SimViewer.repairing(network, host, new OfferedCodec(codec, 120).withRtx(121));
  }

  private static List<ReceivedPacket> video(SimViewer viewer) {
    return viewer.packets(MediaKind.VIDEO);
  }

  @ParameterizedTest
  @CsvSource({"VP8, 1, 40", "VP9, 3, 40", "AV1, 3, 40"})
  void descendInsteadOfStandingStillAndAscendAgain(Codec codec, int spatial, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    List<Long> frozen = new ArrayList<>();
    List<Long> up = new ArrayList<>();
    long undecodable = 0;
    long unexplained = 0;
    long bits = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      node.publish(
          "publisher", SimPublisher.layered(network, "10.0.0.1", codec, spatial, 3, 1_200_000));
      network.run(SECOND);
      SimViewer viewer = viewer(network, codec, "10.1.0.1");
      network.connectOneWay(node.socket(), viewer.socket(), link(3_000_000));
      node.view("viewer", viewer);
      network.run(SECOND.multipliedBy(10));
      long now = network.now();
      assertThat(Frames.bitrate(video(viewer), now - SECOND.toNanos() * 2, now))
          .as("seed %s", seed)
          .isGreaterThan(1_000_000);

      network.connectOneWay(node.socket(), viewer.socket(), link(600_000));
      long narrowed = network.now();
      network.run(SECOND.multipliedBy(10));
      now = network.now();
      frozen.add(LayeredFrames.of(video(viewer)).frozenMillis(narrowed, now, 0));
      long rate = Frames.bitrate(video(viewer), now - SECOND.toNanos() * 4, now);
      assertThat(rate).as("seed %s", seed).isBetween(100_000L, 600_000L);
      bits += rate;

      network.connectOneWay(node.socket(), viewer.socket(), link(3_000_000));
      long widened = network.now();
      network.run(SECOND.multipliedBy(20));
      LayeredFrames frames = LayeredFrames.of(video(viewer));
      up.add(topAgain(frames, spatial - 1, widened, network.now()));
      undecodable += frames.undecodable();
      unexplained += frames.unexplained();
      assertThat(ViewerPackets.refused(viewer)).isZero();
      assertThat(viewer.soundShare()).as("seed %s", seed).isGreaterThanOrEqualTo(0.99);
    }
    frozen.sort(null);
    up.sort(null);
    System.out.printf(
        "%s in %d spatial and 3 temporal layers, 3 to 0.6 Mbit/s: frozen for %d ms (median), %d ms at"
            + " most, %d kbit/s then; back: everything after %d ms (median), %d ms at most; %d whole"
            + " frames without what they need%n",
        codec,
        spatial,
        frozen.get(seeds / 2),
        frozen.getLast(),
        bits / seeds / 1000,
        up.get(seeds / 2),
        up.getLast(),
        undecodable);
    assertThat(unexplained).as("whole frames that lack what was not lost").isZero();
    assertThat(frozen.getLast()).isLessThan(5_000);
    assertThat(up.getLast()).isLessThan(20_000);
  }

  /// When the viewer first gets all layers for good, in milliseconds.
  private static long topAgain(LayeredFrames frames, int spatial, long from, long to) {
    long second = SECOND.toNanos();
    long since = from;
    for (long at = from + second; at <= to; at += second / 10) {
      if (frames.topSpatial(at - second, at) < spatial || frames.topTemporal(at - second, at) < 2) {
        since = at;
      }
    }
    return (since - from) / 1_000_000;
  }

  @ParameterizedTest
  @CsvSource({
    "VP8, 1, 5, 30",
    "VP9, 3, 5, 30",
    "AV1, 3, 5, 30",
    "VP8, 1, 10, 20",
    "VP9, 3, 10, 20"
  })
  void lossesOnTheWayInAndOutAreMended(Codec codec, int spatial, int percent, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    long whole = 0;
    long undecodable = 0;
    long unexplained = 0;
    long missing = 0;
    long fillers = 0;
    long keyframes = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      SimPublisher publisher =
          SimPublisher.layered(network, "10.0.0.1", codec, spatial, 3, 1_200_000);
      node.publish("publisher", publisher);
      SimViewer viewer = viewer(network, codec, "10.1.0.1");
      LinkConditions bad =
          LinkConditions.WAN
              .withDelay(Duration.ofMillis(20), Duration.ofMillis(4))
              .withLoss(percent / 100.0)
              .withReordering(0.01)
              .withDuplication(0.01);
      node.view("viewer", viewer);
      network.run(SECOND.multipliedBy(2));
      network.connect(publisher.socket(), node.socket(), bad);
      network.connect(viewer.socket(), node.socket(), bad);
      for (int step = 0; step < 8; step++) {
        LayeredViewers.choose(node, network, "viewer", step % spatial, (step + 1) % 3);
        network.run(SECOND);
      }
      network.connect(publisher.socket(), node.socket(), LinkConditions.WAN);
      network.connect(viewer.socket(), node.socket(), LinkConditions.WAN);
      network.run(SECOND);

      List<ReceivedPacket> packets = video(viewer);
      // Sound is not asked for again: what gets through both ways comes, and no less.
      double through = (1 - percent / 100.0) * (1 - percent / 100.0);
      assertThat(viewer.soundShare()).as("seed %s", seed).isGreaterThan(through - 0.05);
      LayeredFrames frames = LayeredFrames.of(packets);
      whole += frames.pictures().size();
      undecodable += frames.undecodable();
      unexplained += frames.unexplained();
      fillers += frames.fillers();
      missing += missing(packets);
      keyframes += publisher.keyframeRequests();
      assertThat(node.ended()).isEmpty();
    }
    System.out.printf(
        "%s in %d spatial layers, %d %% loss both ways, layers changed every second: %d pictures,"
            + " %d whole frames without what they need, %d numbers that never came, %d packets"
            + " without payload, %d requests for keyframes%n",
        codec, spatial, percent, whole, undecodable, missing, fillers, keyframes);
    assertThat(missing).isLessThan(whole / 50);
    assertThat(unexplained).as("whole frames that lack what was not lost").isZero();
    assertThat(undecodable).isLessThan(whole / 50);
    assertThat(fillers).isPositive();
  }

  /// Numbers between the first and the last that never came.
  private static long missing(List<ReceivedPacket> packets) {
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    for (ReceivedPacket packet : packets) {
      lowest = Math.min(lowest, packet.packetIndex());
      highest = Math.max(highest, packet.packetIndex());
    }
    return highest - lowest + 1 - packets.size();
  }
}
