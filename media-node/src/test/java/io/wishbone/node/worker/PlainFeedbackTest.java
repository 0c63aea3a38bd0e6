package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Viewers without transport-wide feedback of a simulcast of 1.2 Mbit/s, 300 and 75 kbit/s: what
/// their paths carry is known by REMB, or by the loss in receiver reports alone.
class PlainFeedbackTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static SimViewer view(SimNetwork network, SimNode node, boolean estimates) {
    SimViewer viewer =
        estimates
            ? SimViewer.estimating(network, "10.1.0.1")
            : SimViewer.reporting(network, "10.1.0.1");
    OpenResult result =
        node.open("viewer", "demo", SessionRole.SUBSCRIBER, viewer.offerWithoutArrivals(estimates));
    String answer = ((OpenResult.Opened) result).answer();
    assertThat(answer).doesNotContain("transport-cc").doesNotContain("transport-wide-cc");
    assertThat(answer.contains("goog-remb")).isEqualTo(estimates);
    viewer.accept(answer);
    return viewer;
  }

  private static LinkConditions link(long bitsPerSecond) {
    return LinkConditions.WAN
        .withDelay(Duration.ofMillis(20), Duration.ofMillis(3))
        .withRate(bitsPerSecond, (int) Math.max(15_000, bitsPerSecond / 8 * 3 / 10));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 400, 290, 315, 45",
    "true, 3000, 1150, 1300, 50",
    "false, 400, 290, 315, 28",
    "false, 3000, 1150, 1300, 50"
  })
  void getTheEncodingThatTheirPathCarries(
      boolean estimates, long kilobits, long least, long most, int seconds) {
    long fewest = Long.MAX_VALUE;
    for (long seed = 1; seed <= 10; seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      node.publish("publisher", SimPublisher.repairingSimulcast(network, "10.0.0.1"));
      network.run(SECOND.multipliedBy(2));
      SimViewer viewer = view(network, node, estimates);
      network.connectOneWay(node.socket(), viewer.socket(), link(1_000 * kilobits));
      network.run(SECOND.multipliedBy(60));

      List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
      assertThat(bitrate(video, network.now(), 5)).as("seed %s", seed).isBetween(least, most);
      long alright = 0;
      for (int ago = 0; ago < 55; ago++) {
        long end = network.now() - ago * SECOND.toNanos();
        long bitrate = bitrate(video, end, 1);
        alright += bitrate >= least && bitrate <= most ? 1 : 0;
      }
      fewest = Math.min(fewest, alright);
      assertThat(ViewerPackets.refused(viewer)).isZero();
    }
    System.out.printf(
        "%s over %d kbit/s: %d to %d kbit/s in %d of the last 55 seconds at" + " least%n",
        estimates ? "REMB" : "receiver reports", kilobits, least, most, fewest);
    assertThat(fewest).isGreaterThanOrEqualTo(seconds);
  }

  private static long bitrate(List<ReceivedPacket> video, long end, int seconds) {
    return Frames.bitrate(video, end - seconds * SECOND.toNanos(), end) / 1_000;
  }
}
