package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HundredViewersTest {
  private final SimNetwork network = new SimNetwork(42);
  private final SimNode node = new SimNode(network);

  @Test
  void getWhatThePublisherSentAcrossABadNetworkAndAWrapOfItsNumbers() {
    SimPublisher publisher = SimPublisher.wrapping(network, "10.0.0.1", 300);
    node.publish("publisher", publisher);
    LinkConditions bad =
        LinkConditions.WAN
            .withDelay(Duration.ofMillis(15), Duration.ofMillis(4))
            .withLoss(0.03)
            .withReordering(0.03)
            .withDuplication(0.03);
    network.connect(publisher.socket(), node.socket(), bad);
    List<SimViewer> viewers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      SimViewer viewer = SimViewer.open(network, "10.1.0." + (i + 1));
      network.connect(viewer.socket(), node.socket(), bad);
      node.view("viewer-" + i, viewer);
      viewers.add(viewer);
    }

    network.run(Duration.ofSeconds(20));

    assertThat(node.connected()).hasSize(101);
    assertThat(node.ended()).isEmpty();
    assertThat(publisher.sent(MediaKind.AUDIO)).hasSizeGreaterThan(600);
    assertThat(publisher.sent(MediaKind.VIDEO)).hasSizeGreaterThan(2_000);
    for (SimViewer viewer : viewers) {
      for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
        List<SentPacket> sent = publisher.sent(kind);
        List<ReceivedPacket> received = viewer.packets(kind);
        assertAreTheSame(sent, received);
        assertThat(received.size()).isBetween(sent.size() * 80 / 100, sent.size() * 97 / 100);
      }
    }
    assertThat(publisher.keyframeRequests()).isLessThan(45);
  }

  /// What the viewer got, whatever its order, is what was sent: under constant offsets of number
  /// and timestamp, once each, byte by byte.
  private static void assertAreTheSame(List<SentPacket> sent, List<ReceivedPacket> received) {
    ReceivedPacket first = received.getFirst();
    SentPacket origin =
        sent.stream()
            .filter(packet -> Arrays.equals(packet.payload(), first.payload()))
            .findFirst()
            .orElseThrow();
    long numbers = first.packetIndex() - origin.number();
    long timestamps = first.timestamp() - origin.timestamp();
    Set<Long> seen = new HashSet<>();
    for (ReceivedPacket packet : received) {
      long number = packet.packetIndex() - numbers;
      assertThat(seen.add(number)).as("packet %s comes once", number).isTrue();
      SentPacket same = sent.get((int) (number - sent.getFirst().number()));
      assertThat(packet.payload()).isEqualTo(same.payload());
      assertThat(packet.timestamp()).isEqualTo((same.timestamp() + timestamps) & 0xFFFF_FFFFL);
    }
  }
}
