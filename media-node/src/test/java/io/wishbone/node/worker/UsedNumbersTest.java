package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever waits, is dropped, comes late, is planned anew and is sent again: no number is used for
/// two different packets. The node's [SimSocket#watchNumbers] looks at every datagram.
class UsedNumbersTest {
  @ParameterizedTest(name = "{0}, rtx {2}, {3} % loss")
  @CsvSource({
    "VP8, 1, true, 20, 12",
    "VP8, 1, false, 20, 12",
    "VP9, 3, true, 10, 12",
    "VP9, 3, false, 10, 12",
    "AV1, 3, false, 20, 12"
  })
  void noNumberIsUsedForTwoPackets(
      Codec codec, int spatial, boolean rtx, int percent, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    for (long seed = 1; seed <= seeds; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      SimPublisher publisher =
          SimPublisher.layered(network, "10.0.0.1", codec, spatial, 3, 1_200_000);
      node.publish("publisher", publisher);
      var video = new OfferedCodec(codec, 120);
      SimViewer viewer = SimViewer.repairing(network, "10.1.0.1", rtx ? video.withRtx(121) : video);
      node.view("viewer", viewer);
      network.run(Duration.ofSeconds(2));
      LinkConditions bad =
          LinkConditions.WAN
              .withDelay(Duration.ofMillis(30), Duration.ofMillis(10))
              .withLoss(percent / 100.0)
              .withReordering(0.03)
              .withDuplication(0.02);
      network.connect(publisher.socket(), node.socket(), bad);
      network.connect(viewer.socket(), node.socket(), bad);
      for (int step = 0; step < 12; step++) {
        long rate = step % 3 == 0 ? 300_000 : step % 3 == 1 ? 900_000 : 0;
        network.connectOneWay(node.socket(), viewer.socket(), bad.withRate(rate, 20_000));
        LayeredViewers.choose(node, network, "viewer", step % spatial, (step + 1) % 3);
        network.run(Duration.ofMillis(700));
      }
      assertThat(viewer.packets(MediaKind.VIDEO)).as("seed %s", seed).hasSizeGreaterThan(100);
      assertThat(node.ended()).isEmpty();
    }
  }
}
