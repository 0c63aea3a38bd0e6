package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// All sessions are counted, once each, whatever happens while they are.
class CensusTest {
  private final SimNetwork network = new SimNetwork(11);
  private final SimNode node = new SimNode(network);

  private static RoleTotals viewers(Census census) {
    return Objects.requireNonNull(census.totals(SessionRole.SUBSCRIBER));
  }

  private Census whole() {
    Census census = node.worker().census();
    assertThat(census.advance(1_000, network.now(), _ -> {})).isFalse();
    return census;
  }

  @Test
  void looksAtAFewSessionsAtATime() {
    node.publish();
    for (int i = 1; i <= 4; i++) {
      node.view(i);
    }
    network.run(Duration.ofSeconds(3));

    List<String> seen = new ArrayList<>();
    Census census = node.worker().census();
    assertThat(census.advance(2, network.now(), each -> seen.add(each.sessionId()))).isTrue();
    assertThat(seen).hasSize(2);
    assertThat(census.advance(2, network.now(), each -> seen.add(each.sessionId()))).isTrue();
    assertThat(census.advance(2, network.now(), each -> seen.add(each.sessionId()))).isFalse();
    assertThat(seen)
        .containsExactlyInAnyOrder("publisher", "viewer-1", "viewer-2", "viewer-3", "viewer-4");
    assertThat(census.streamsByHops()).startsWith(1, 0);
    assertThat(census.upstreams() + census.downstreams()).isZero();
  }

  @Test
  void totalsOnlyGrowAndKeepThoseThatHaveEnded() {
    node.publish();
    SimViewer first = node.view(1);
    node.view(2);
    network.run(Duration.ofSeconds(3));
    long before = viewers(whole()).packets();
    assertThat(before).isPositive();

    // One ends while a census has looked at nothing yet.
    Census begun = node.worker().census();
    node.worker().close("viewer-1", "test", network.now());
    assertThat(begun.advance(1_000, network.now(), _ -> {})).isFalse();
    long during = viewers(begun).packets();
    assertThat(during).isGreaterThanOrEqualTo(before);
    assertThat(viewers(whole()).packets()).isEqualTo(during);

    network.run(Duration.ofSeconds(3));
    assertThat(viewers(whole()).packets()).isGreaterThan(during);
    assertThat(first.isConnected()).isFalse();
  }

  @Test
  void countsWhatWasDropped() {
    node.publish();
    network.run(Duration.ofSeconds(1));
    byte[] junk = {(byte) 0xFF, 1, 2, 3};
    node.worker()
        .handleDatagram(
            java.nio.ByteBuffer.wrap(junk),
            0,
            junk.length,
            new java.net.InetSocketAddress("10.9.9.9", 9),
            network.now());
    assertThat(whole().drops()).containsEntry("unknown_protocol", 1L).containsKey("srtp_refused");
  }
}
