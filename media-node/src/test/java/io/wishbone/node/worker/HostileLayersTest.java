package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A publisher whose descriptors say anything, and viewers that change their layers all the time
/// and ask for everything again, cost a bounded amount. Numbers stay in one row, and the sound
/// whole.
class HostileLayersTest {
  private static final Duration STEP = Duration.ofMillis(50);

  @ParameterizedTest
  @EnumSource(names = {"VP8", "VP9", "AV1"})
  void costABoundedAmount(Codec codec) {
    long packets = 0;
    for (long seed = 1; seed <= Seeds.of(40); seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      var random = new SplittableRandom(seed);
      SimPublisher publisher =
          SimPublisher.layered(
              network, "10.0.0.1", codec, codec == Codec.VP8 ? 1 : 3, 3, 1_200_000);
      node.publish("publisher", publisher);
      network.run(Duration.ofSeconds(1));
      SimViewer viewer =
          SimViewer.repairing(network, "10.1.0.1", new OfferedCodec(codec, 120).withRtx(121));
      node.view("viewer", viewer);
      network.run(Duration.ofSeconds(1));
      publisher.layeredCamera().garble(random.split());
      long ssrc = viewer.packets(MediaKind.VIDEO).getFirst().ssrc();
      long before = node.socket().sentTo(viewer.socket().address());
      for (int step = 0; step < 100; step++) {
        LayeredViewers.choose(node, network, "viewer", random.nextInt(3), random.nextInt(3));
        viewer.peer().sendRtcp(List.of(new Nack(1, ssrc, numbers(random))));
        network.run(STEP);
      }

      List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
      Set<Long> seen = new HashSet<>();
      video.forEach(packet -> assertThat(seen.add(packet.packetIndex())).isTrue());
      packets += video.size();
      long bitrate = (node.socket().sentTo(viewer.socket().address()) - before) * 8 / 5;
      assertThat(bitrate).as("seed %s", seed).isLessThan(8_000_000);
      assertThat(node.ended()).isEmpty();
      long sound = viewer.packets(MediaKind.AUDIO).size();
      assertThat(sound).as("seed %s", seed).isGreaterThan(280);
    }
    assertThat(packets).isPositive();
  }

  private static List<Integer> numbers(SplittableRandom random) {
    List<Integer> numbers = new ArrayList<>();
    int first = random.nextInt(1 << 16);
    for (int i = 0; i < 30; i++) {
      numbers.add(random.nextBoolean() ? (first + i) & 0xFFFF : random.nextInt(1 << 16));
    }
    return numbers.stream().distinct().toList();
  }
}
