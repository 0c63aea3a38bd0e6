package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What goes back from an edge to the source, and from a hostile one.
class RelayFeedbackTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode edge = cluster.open("edge", 2);

  @Test
  void asksThePublisherOnceForAKeyframeThatThirtyViewersNeed() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(edge, "origin");
    List<SimViewer> viewers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      viewers.add(edge.view(i));
    }
    network.run(SECOND.multipliedBy(5));
    int before = publisher.keyframeRequests();

    for (SimViewer viewer : viewers) {
      viewer.requestKeyframe(viewer.packets(MediaKind.VIDEO).getFirst().ssrc());
    }
    network.run(SECOND.multipliedBy(3));

    assertThat(publisher.keyframeRequests()).isEqualTo(before + 1);
    assertThat(edge.ended()).isEmpty();
  }

  @Test
  void repairsWhatIsLostBetweenTheNodes() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(edge, "origin");
    network.connect(
        origin.socket(), edge.relaySockets().getFirst(), LinkConditions.WAN.withLoss(0.05));
    SimViewer viewer = edge.view(1);

    network.run(SECOND.multipliedBy(10));

    for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
      List<ReceivedPacket> packets = viewer.packets(kind);
      List<ReceivedPacket> settled =
          packets.stream()
              .filter(packet -> packet.packetIndex() < packets.getLast().packetIndex() - 100)
              .toList();
      RelayedPackets.assertIsWhole(settled);
    }
    assertThat(publisher.keyframeRequests()).isLessThan(4);
  }

  @Test
  void letsViewersChooseAmongTheLayersOfASimulcast() {
    SimPublisher publisher = SimPublisher.simulcast(network, "10.0.0.1");
    origin.publish("publisher", publisher);
    network.run(SECOND.multipliedBy(3));
    cluster.bring(edge, "origin");
    SimViewer viewer = edge.view(1);
    network.run(SECOND.multipliedBy(4));

    assertThat(edge.reports().getLast().layers())
        .extracting(StreamReport.Layer::rid)
        .containsExactly("h", "m", "l");
    assertThat(bitrate(viewer)).isGreaterThan(900_000);
    assertThat(edge.worker().choose("viewer-1", new LayerChoice("l", 9999, 9999), network.now()))
        .isEqualTo(new ChangeResult.Done());
    edge.touched();
    network.run(SECOND.multipliedBy(3));
    assertThat(bitrate(viewer)).isBetween(50_000L, 150_000L);
    RelayedPackets.assertIsWhole(viewer.packets(MediaKind.VIDEO));
  }

  @Test
  void letsViewersChooseAmongTheLayersOfAnEncoding() {
    origin.publish(
        "publisher", SimPublisher.layered(network, "10.0.0.1", Codec.VP9, 3, 3, 1_200_000));
    network.run(SECOND.multipliedBy(3));
    cluster.bring(edge, "origin");
    SimViewer viewer =
        SimViewer.repairing(network, "10.1.0.1", new OfferedCodec(Codec.VP9, 120).withRtx(121));
    edge.view("viewer-1", viewer);
    network.run(SECOND.multipliedBy(4));

    assertThat(edge.reports().getLast().layers())
        .singleElement()
        .satisfies(layer ->
            assertThat(layer.spatialLayers())
                .hasSize(3)
                .allSatisfy(spatial ->
                    assertThat(spatial.bitrates())
                        .hasSize(3)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .allMatch(bitrate -> bitrate > 0)));
    assertThat(layers(viewer)).containsAll(upTo(2, 2));
    assertThat(choose(1, 3)).isInstanceOf(ChangeResult.Refused.class);
    assertThat(choose(1, 1)).isEqualTo(new ChangeResult.Done());
    network.run(SECOND.multipliedBy(3));

    assertThat(layers(viewer)).containsExactlyInAnyOrderElementsOf(upTo(1, 1));
    RelayedPackets.assertIsWhole(viewer.packets(MediaKind.VIDEO));
  }

  private ChangeResult choose(int spatial, int temporal) {
    var request = new LayerRequest(null, null, null, spatial, temporal, null, null);
    ChangeResult result = edge.worker().choose("viewer-1", request, network.now());
    edge.touched();
    return result;
  }

  /// The spatial and temporal layers of what came within the last second.
  private Set<List<Integer>> layers(SimViewer viewer) {
    long since = network.now() - SECOND.toNanos();
    return viewer.packets(MediaKind.VIDEO).stream()
        .filter(packet -> packet.atNanos() > since)
        .map(LayeredPacket::of)
        .filter(Objects::nonNull)
        .map(packet -> List.of(packet.spatial(), packet.temporal()))
        .collect(Collectors.toSet());
  }

  private static Set<List<Integer>> upTo(int spatial, int temporal) {
    Set<List<Integer>> all = new HashSet<>();
    for (int i = 0; i <= spatial; i++) {
      for (int j = 0; j <= temporal; j++) {
        all.add(List.of(i, j));
      }
    }
    return all;
  }

  private long bitrate(SimViewer viewer) {
    long since = network.now() - SECOND.toNanos();
    return viewer.packets(MediaKind.VIDEO).stream()
        .filter(packet -> packet.atNanos() > since)
        .mapToLong(packet -> packet.payload().length * 8L)
        .sum();
  }

  @Test
  void survivesAnEdgeThatAsksForEverything() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    SimViewer viewer = origin.view(1);
    HostileEdge hostile = new HostileEdge(cluster, origin, "10.9.9.9");
    assertThat(network.runUntil(hostile::isConnected, SECOND.multipliedBy(5))).isTrue();
    network.run(SECOND);
    int before = publisher.keyframeRequests();
    long ssrc = hostile.pictureSsrc();

    List<Integer> everything = IntStream.range(0, 2000).boxed().toList();
    for (int i = 0; i < 200; i++) {
      hostile.send(
          new Nack(1, ssrc, everything),
          new Nack(1, 12345, everything),
          new PictureLossIndication(1, ssrc),
          new PictureLossIndication(1, i),
          new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(ssrc, i & 0xFF))));
      hostile.send(
          new ReceiverReport(
              1, List.of(new ReportBlock(ssrc, 255, 1 << 22, 0xFFFF_FFFFL, -1, -1, 0))),
          new SenderReport(ssrc, -1, -1, -1, -1, List.of()));
      hostile.sendGarbage(i);
      network.run(Duration.ofMillis(10));
    }
    long received = hostile.received();

    assertThat(publisher.keyframeRequests() - before).isLessThan(7);
    assertThat(received).isLessThan(4_000L);
    assertThat(origin.ended()).isEmpty();
    int packets = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND.multipliedBy(2));
    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(packets + 50);
    RelayedPackets.assertIsWhole(viewer.packets(MediaKind.VIDEO));
  }
}
