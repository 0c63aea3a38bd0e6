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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A viewer that reports which packets arrive gets those again that do not, though it asks for
/// none.
class UnaskedRepairTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MILLISECOND = 1_000_000;
  private static final int SEEDS = Seeds.of(20);

  @ParameterizedTest(name = "{0} % down, {1} % up")
  @CsvSource({"5, 0", "10, 0", "20, 0", "10, 10"})
  void repairsWhatIsReportedAsMissing(int down, int up) {
    long lost = 0;
    long came = 0;
    long again = 0;
    long duplicates = 0;
    List<Long> waits = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      node.publish("publisher", SimPublisher.repairing(network, "10.0.0.1"));
      SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
      node.view("viewer", viewer);
      network.run(Duration.ofSeconds(3));
      viewer.repair().askForNothing();
      network.connectOneWay(
          node.socket(), viewer.socket(), LinkConditions.WAN.withLoss(down / 100.0));
      network.connectOneWay(
          viewer.socket(), node.socket(), LinkConditions.WAN.withLoss(up / 100.0));
      network.run(Duration.ofSeconds(10));

      List<ReceivedPacket> packets = viewer.packets(MediaKind.VIDEO);
      lost += missing(packets, network.now() - SECOND);
      came += packets.size();
      again += viewer.repair().retransmissions();
      duplicates += viewer.repair().duplicates();
      waits.addAll(waits(packets));
    }
    waits.sort(null);
    System.out.printf(
        "%d %% loss down, %d %% up, nothing asked for: %d of %d packets never came, %d came again, %d"
            + " of them in vain; those after their successors by %d ms (median), %d ms (95 %%)%n",
        down,
        up,
        lost,
        came,
        again,
        duplicates,
        waits.get(waits.size() / 2) / MILLISECOND,
        waits.get(waits.size() * 95 / 100) / MILLISECOND);
    assertThat(lost).isLessThanOrEqualTo(up == 0 ? 0 : came * 20 / 1_000);
    assertThat(again).isLessThan(came * 8 * down / 100);
  }

  /// Packets before this moment that are not there.
  private static long missing(List<ReceivedPacket> packets, long beforeNanos) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long there = 0;
    for (ReceivedPacket packet : packets) {
      if (packet.atNanos() < beforeNanos) {
        last = Math.max(last, packet.packetIndex());
      }
    }
    for (ReceivedPacket packet : packets) {
      first = Math.min(first, packet.packetIndex());
      there += packet.packetIndex() <= last ? 1 : 0;
    }
    return last - first + 1 - there;
  }

  /// How long after a later packet those came that were overtaken.
  private static List<Long> waits(List<ReceivedPacket> packets) {
    List<Long> waits = new ArrayList<>();
    long highest = Long.MIN_VALUE;
    List<ReceivedPacket> ahead = new ArrayList<>();
    for (ReceivedPacket packet : packets) {
      if (packet.packetIndex() > highest) {
        highest = packet.packetIndex();
        ahead.add(packet);
      } else {
        ahead.stream()
            .filter(each -> each.packetIndex() > packet.packetIndex())
            .findFirst()
            .ifPresent(each -> waits.add(packet.atNanos() - each.atNanos()));
      }
    }
    return waits;
  }
}
