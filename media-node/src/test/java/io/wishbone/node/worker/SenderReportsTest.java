package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.stats.NtpTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The simulated publisher's wall clock stands at 1970, the node's at [#NODE_TIME].
class SenderReportsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long NODE_TIME = 1_780_000_000_000_000_000L;

  private final SimNetwork network = new SimNetwork(13);
  private final SimNode node = new SimNode(network, usual -> usual.withWallClockOffset(NODE_TIME));

  private SimViewer watch() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    SimViewer viewer = SimViewer.open(network, "10.1.0.1");
    node.view("viewer", viewer);
    return viewer;
  }

  private static List<SenderReport> of(SimViewer viewer, MediaKind kind) {
    long ssrc = viewer.packets(kind).getFirst().ssrc();
    return viewer.senderReports().stream().filter(r -> r.senderSsrc() == ssrc).toList();
  }

  private Duration distance(SenderReport report, long epochOffset) {
    var there = NtpTime.ofEpochNanos(network.now() + epochOffset);
    return Duration.ofNanos(there.nanosSince(new NtpTime(report.ntpTimestamp()))).abs();
  }

  @Test
  void neverTellAnotherClockThanThePublishers() {
    SimViewer viewer = watch();

    network.run(SECOND.multipliedBy(12));

    assertThat(viewer.senderReports())
        .hasSizeGreaterThan(15)
        .allSatisfy(report -> assertThat(distance(report, 0)).isLessThan(SECOND.multipliedBy(13)));
  }

  @Test
  void tellTheNodesClockWhenThePublisherTellsNone() {
    node.silenceReports();
    SimViewer viewer = watch();

    network.run(SECOND.multipliedBy(4));
    assertThat(viewer.senderReports()).isEmpty();
    network.run(SECOND.multipliedBy(4));

    for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
      assertThat(of(viewer, kind)).isNotEmpty();
      assertThat(distance(of(viewer, kind).getLast(), NODE_TIME))
          .isLessThan(SECOND.multipliedBy(2));
    }
  }

  @Test
  void followSoonAfterAnotherSource() {
    SimViewer viewer = watch();
    network.run(SECOND.multipliedBy(10));
    node.worker().close("publisher", "deleted", network.now());
    network.run(SECOND);
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    node.publish("second", second);
    network.runUntil(() -> node.connected().contains("second"), SECOND);
    long since = network.now();
    int before = viewer.senderReports().size();

    network.runUntil(() -> viewer.senderReports().size() >= before + 2, SECOND.multipliedBy(5));

    assertThat(Duration.ofNanos(network.now() - since)).isLessThan(Duration.ofMillis(1_250));
  }
}
