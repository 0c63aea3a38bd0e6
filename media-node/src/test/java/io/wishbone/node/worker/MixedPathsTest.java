package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.SubscriberSession;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimBottleneck;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Paths as they are: long, bursty, shared, and all kinds of them at once.
class MixedPathsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /// Since when a path is long.
  private enum Beginning {
    ALWAYS,
    /// Since packets are lost on it.
    SUDDENLY
  }

  private static SimViewer viewer(SimNetwork network, Codec codec, String host) {
    return SimViewer.repairing(network, host, new OfferedCodec(codec, 120).withRtx(121));
  }

  private static SubscriberSession session(SimNode node, String id) {
    return (SubscriberSession) Objects.requireNonNull(node.worker().session(id)).peer();
  }

  private static Set<Long> numbers(List<ReceivedPacket> packets) {
    Set<Long> numbers = new HashSet<>();
    packets.forEach(packet -> numbers.add(packet.packetIndex()));
    return numbers;
  }

  /// Where the way becomes longer as the losses begin, that looks like a queue for a moment, not
  /// for longer: little more stands still than where it was long before.
  @ParameterizedTest(name = "{0} % loss in bursts of {1}, long {2}")
  @CsvSource({
    "5, 4, ALWAYS, 7.5, 120",
    "10, 4, ALWAYS, 17, 100",
    "20, 4, ALWAYS, 38, 60",
    "5, 4, SUDDENLY, 7.5, 120",
    "10, 4, SUDDENLY, 17, 100",
    "20, 4, SUDDENLY, 38, 60"
  })
  void burstsAreMendedAcrossALongPath(
      int percent, int burst, Beginning beginning, double frozenPercent, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    long pictures = 0;
    long made = 0;
    long undecodable = 0;
    long unexplained = 0;
    long missing = 0;
    long frozen = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      SimPublisher publisher =
          SimPublisher.layered(network, "10.0.0.1", Codec.VP8, 1, 3, 1_200_000);
      node.publish("publisher", publisher);
      SimViewer viewer = viewer(network, Codec.VP8, "10.1.0.1");
      LinkConditions length =
          LinkConditions.WAN.withDelay(Duration.ofMillis(100), Duration.ofMillis(20));
      LinkConditions path =
          length
              .withLoss(percent / 100.0)
              .withBursts(burst)
              .withReordering(0.01)
              .withDuplication(0.01);
      if (beginning == Beginning.ALWAYS) {
        network.connect(viewer.socket(), node.socket(), length);
      }
      node.view("viewer", viewer);
      network.run(SECOND.multipliedBy(2));
      network.connect(viewer.socket(), node.socket(), path);
      int before = publisher.layeredCamera().pictures();
      long from = network.now();
      network.run(SECOND.multipliedBy(10));
      long to = network.now();
      int after = publisher.layeredCamera().pictures();
      network.connect(viewer.socket(), node.socket(), LinkConditions.WAN);
      network.run(SECOND.multipliedBy(2));

      List<ReceivedPacket> packets = viewer.packets(MediaKind.VIDEO);
      Set<Long> numbers = numbers(packets);
      LayeredFrames frames = LayeredFrames.of(packets);
      made += after - before;
      pictures +=
          frames.pictures().stream()
              .filter(each -> each.number() >= before && each.number() < after)
              .count();
      undecodable += frames.undecodable();
      unexplained += frames.unexplained();
      frozen += frames.frozenMillis(from, to, 0);
      long lowest = numbers.stream().mapToLong(Long::longValue).min().orElseThrow();
      long highest = numbers.stream().mapToLong(Long::longValue).max().orElseThrow();
      missing += highest - lowest + 1 - numbers.size();
      assertThat(node.ended()).isEmpty();
    }
    System.out.printf(
        "VP8, three temporal layers, 200 ms there and back (%s), %d %% loss both ways in bursts of %d:"
            + " %d of %d pictures shown, %d whole ones without what they need, %d numbers never"
            + " came, frozen for %.1f %% of the time%n",
        beginning,
        percent,
        burst,
        pictures,
        made,
        undecodable,
        missing,
        frozen * 100.0 / (10_000.0 * seeds));
    assertThat(unexplained).as("whole frames that lack what was not lost").isZero();
    assertThat(frozen).isLessThan((long) (10_000.0 * seeds * frozenPercent / 100));
  }

  @ParameterizedTest
  @CsvSource({"VP9, 3, 4, 30", "VP8, 1, 3, 30"})
  void viewersOfOneBottleneckShareItFairly(Codec codec, int spatial, int count, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    double least = 1;
    double sum = 0;
    double used = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      node.publish(
          "publisher", SimPublisher.layered(network, "10.0.0.1", codec, spatial, 3, 1_200_000));
      network.run(SECOND);
      var bottleneck = new SimBottleneck(2_000_000, 75_000);
      List<SimViewer> viewers = new ArrayList<>();
      var random = new SplittableRandom(seed);
      for (int i = 0; i < count; i++) {
        SimViewer viewer = viewer(network, codec, "10.1.0." + (i + 1));
        network.connect(viewer.socket(), node.socket(), LinkConditions.WAN);
        network.connectThrough(bottleneck, node.socket(), viewer.socket());
        node.view("viewer-" + i, viewer);
        viewers.add(viewer);
        network.run(Duration.ofMillis(random.nextInt(1_000)));
      }
      network.run(SECOND.multipliedBy(30));
      long to = network.now();
      long from = to - SECOND.toNanos() * 15;
      double total = 0;
      double squares = 0;
      for (SimViewer viewer : viewers) {
        double rate = Frames.bitrate(viewer.packets(MediaKind.VIDEO), from, to);
        total += rate;
        squares += rate * rate;
        assertThat(viewer.soundShare()).as("seed %s", seed).isGreaterThanOrEqualTo(0.99);
      }
      double fairness = total * total / (count * squares);
      least = Math.min(least, fairness);
      sum += fairness;
      used += total;
    }
    System.out.printf(
        "%d viewers of %s (%d spatial, 3 temporal layers) behind 2 Mbit/s: Jain's index %.2f on"
            + " average, %.2f at least; %.0f kbit/s of picture together%n",
        count, codec, spatial, sum / seeds, least, used / seeds / 1000);
    assertThat(sum / seeds).isGreaterThan(spatial == 1 ? 0.95 : 0.9);
    assertThat(least).isGreaterThan(spatial == 1 ? 0.85 : 0.5);
    assertThat(used / seeds).isGreaterThan(spatial == 1 ? 1_200_000 : 1_000_000);
  }

  @Test
  void threeHundredViewersOfOneLayeredPictureGetWhatEachCanTake() {
    for (long seed = 11; seed < 11 + Seeds.of(1); seed++) {
      threeHundredViewers(seed);
    }
  }

  private static void threeHundredViewers(long seed) {
    var network = new SimNetwork(seed);
    var node = new SimNode(network);
    var random = new SplittableRandom(seed);
    SimPublisher publisher = SimPublisher.layered(network, "10.0.0.1", Codec.VP9, 3, 3, 1_200_000);
    node.publish("publisher", publisher);
    network.run(SECOND);
    long[] rates = {150_000, 400_000, 1_000_000, 2_500_000, 0};
    List<SimViewer> viewers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      SimViewer viewer = viewer(network, Codec.VP9, "10.1." + i / 200 + "." + (i % 200 + 1));
      long rate = rates[i % rates.length];
      LinkConditions path =
          LinkConditions.WAN
              .withDelay(Duration.ofMillis(5 + random.nextInt(95)), Duration.ofMillis(5))
              .withRate(rate, (int) Math.max(15_000, rate / 8 * 3 / 10));
      path = i % 2 == 0 ? path : path.withLoss(0.02).withBursts(i % 4 == 1 ? 3 : 1);
      network.connectOneWay(node.socket(), viewer.socket(), path);
      node.view("viewer-" + i, viewer);
      viewers.add(viewer);
      network.run(Duration.ofMillis(random.nextInt(10)));
    }
    network.run(SECOND.multipliedBy(20));
    assertThat(node.ended()).isEmpty();

    long to = network.now();
    long from = to - SECOND.toNanos() * 5;
    long undecodable = 0;
    long unexplained = 0;
    long pictures = 0;
    int unheard = 0;
    for (int kind = 0; kind < rates.length; kind++) {
      double sum = 0;
      long frozen = 0;
      double sound = 1;
      int above = 0;
      for (int i = kind; i < viewers.size(); i += rates.length) {
        List<ReceivedPacket> video = viewers.get(i).packets(MediaKind.VIDEO);
        LayeredFrames frames = LayeredFrames.of(video);
        if (viewers.get(i).packets().isEmpty()) {
          unheard++;
        } else {
          sound = Math.min(sound, viewers.get(i).soundShare());
        }
        long rate = Frames.bitrate(video, from, to);
        sum += rate;
        frozen += frames.frozenMillis(from, to, 0);
        undecodable += frames.undecodable();
        unexplained += frames.unexplained();
        pictures += frames.pictures().size();
        above += rate > session(node, "viewer-" + i).estimate(to) * 11 / 10 ? 1 : 0;
      }
      int of = viewers.size() / rates.length;
      System.out.printf(
          "path of %d kbit/s: %.0f kbit/s of picture on average, frozen for %.1f %%, %d of %d above"
              + " their estimate, %.1f %% of the sound at least%n",
          rates[kind] / 1000,
          sum / of / 1000,
          frozen * 100.0 / (of * 5_000.0),
          above,
          of,
          sound * 100);
      assertThat(above).isLessThanOrEqualTo(of / 20);
      assertThat(sound).as("2 % are lost on half of the paths").isGreaterThan(0.95);
      assertThat(frozen).isLessThan(of * 5_000L / 10);
    }
    System.out.printf(
        "300 viewers of one VP9 stream: %d requests for keyframes in 21 s, %d pictures, %d whole"
            + " frames after something that was lost for good, %d without what they need otherwise%n",
        publisher.keyframeRequests(), pictures, undecodable - unexplained, unexplained);
    // Their own few connectivity checks may all be lost where losses come in bursts.
    assertThat(unheard).as("viewers that never connected").isLessThanOrEqualTo(3);
    assertThat(unexplained).as("whole frames that lack what was not lost").isZero();
    assertThat(undecodable).isLessThan(pictures * 4 / 100);
    assertThat(publisher.keyframeRequests()).isLessThan(60);
    for (Track track :
        Objects.requireNonNull(node.worker().session("publisher")).room().stream().tracks()) {
      for (Encoding encoding : track.encodings()) {
        assertThat(encoding.history().usedBytes()).isLessThan(8 << 20);
      }
    }
  }
}
