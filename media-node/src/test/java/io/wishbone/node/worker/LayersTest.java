package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.stream.LayerLimits;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Viewers that choose among the layers of one encoding: 1.2 Mbit/s in three temporal layers, of
/// VP9 and AV1 also in three spatial ones.
class LayersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int ANY = LayerLimits.ANY;

  private final SimNetwork network = new SimNetwork(5);
  private final SimNode node = new SimNode(network);

  private SimPublisher publish(Codec codec, int spatial) {
    SimPublisher publisher =
        SimPublisher.layered(network, "10.0.0.1", codec, spatial, 3, 1_200_000);
    node.publish("publisher", publisher);
    return publisher;
  }

  private SimViewer view(Codec codec, int number) {
    SimViewer viewer =
        SimViewer.repairing(network, "10.1.0." + number, new OfferedCodec(codec, 120).withRtx(121));
    node.view("viewer-" + number, viewer);
    return viewer;
  }

  private ChangeResult choose(int number, int spatial, int temporal) {
    return LayeredViewers.choose(node, network, "viewer-" + number, spatial, temporal);
  }

  private static List<ReceivedPacket> video(SimViewer viewer) {
    return viewer.packets(MediaKind.VIDEO);
  }

  /// @param since when the viewer had caught up: until then, a keyframe may replace what waits
  private static void assertOneStream(SimViewer viewer, Codec codec, long since) {
    assertThat(ViewerPackets.refused(viewer)).isZero();
    ReceivedPacket before = null;
    var descriptor = new Vp8Descriptor();
    int picture = -1;
    for (ReceivedPacket packet : video(viewer)) {
      if (packet.atNanos() < since) {
        continue;
      }
      if (before != null) {
        assertThat(packet.packetIndex()).isEqualTo(before.packetIndex() + 1);
        assertThat((int) (packet.timestamp() - before.timestamp())).isNotNegative();
        assertThat(before.marker())
            .as("%s before %s", LayeredPacket.of(before), LayeredPacket.of(packet))
            .isEqualTo(packet.timestamp() != before.timestamp());
      }
      byte[] payload = packet.payload();
      if (codec == Codec.VP8
          && descriptor.wrap(ByteBuffer.wrap(payload), 0, payload.length)
          && descriptor.isStartOfFrame()) {
        if (picture >= 0) {
          assertThat(descriptor.pictureId()).isEqualTo((picture + 1) & 0x7FFF);
        }
        picture = descriptor.pictureId();
      }
      before = packet;
    }
    LayeredFrames frames = LayeredFrames.of(video(viewer));
    assertThat(frames.undecodable()).isZero();
    assertThat(frames.broken()).isLessThan(2);
    assertThat(frames.fillers()).isZero();
  }

  private void assertGets(SimViewer viewer, int spatial, int temporal) {
    long since = network.now() - SECOND.toNanos();
    LayeredFrames frames = LayeredFrames.of(video(viewer));
    assertThat(frames.topSpatial(since, network.now())).isEqualTo(spatial);
    assertThat(frames.topTemporal(since, network.now())).isEqualTo(temporal);
    int[] rates = {7, 15, 30};
    assertThat(frames.between(since, network.now()).size())
        .isBetween(rates[temporal] - 1, rates[temporal] + 2);
  }

  @ParameterizedTest
  @CsvSource({"VP8, 1", "VP9, 3", "AV1, 3"})
  void descendAndAscendWithoutAGap(Codec codec, int spatial) {
    SimPublisher publisher = publish(codec, spatial);
    network.run(SECOND);
    SimViewer viewer = view(codec, 1);
    SimViewer other = view(codec, 2);
    network.run(SECOND.multipliedBy(5));
    assertGets(viewer, spatial - 1, 2);
    long caughtUp = network.now();
    long keyframes = publisher.layeredCamera().keyframes();

    for (int temporal : new int[] {1, 0, 2, 0, 1, 2}) {
      assertThat(choose(1, ANY, temporal)).isEqualTo(new ChangeResult.Done());
      network.run(SECOND.multipliedBy(2));
      assertGets(viewer, spatial - 1, temporal);
    }
    assertThat(publisher.layeredCamera().keyframes()).isEqualTo(keyframes);

    for (int i = 0; i < 2 * spatial; i++) {
      int top = Math.abs(spatial - 1 - i % (2 * spatial - 1));
      choose(1, top, 2 - i % 3);
      network.run(SECOND.multipliedBy(2));
      assertGets(viewer, Math.min(top, spatial - 1), 2 - i % 3);
    }
    choose(1, ANY, ANY);
    network.run(SECOND.multipliedBy(3));

    assertGets(viewer, spatial - 1, 2);
    assertGets(other, spatial - 1, 2);
    assertOneStream(viewer, codec, caughtUp);
    assertOneStream(other, codec, caughtUp);
  }

  /// As Chromium sends VP8: PictureID, TL0PICIDX and TID are left out of the payload.
  @Test
  void areThoseOfTheDescriptorWhereThePayloadOfVp8SaysNothing() {
    SimPublisher publisher = publish(Codec.VP8, 1);
    publisher.layeredCamera().describe();
    network.run(SECOND);
    SimViewer viewer = view(Codec.VP8, 1);
    SimViewer other = view(Codec.VP8, 2);
    network.run(SECOND.multipliedBy(5));
    assertGets(viewer, 0, 2);
    long caughtUp = network.now();
    assertThat(node.reports().getLast().layers().getFirst().spatialLayers().getFirst().bitrates())
        .hasSize(3)
        .allSatisfy(bitrate -> assertThat(bitrate).isPositive());

    for (int temporal : new int[] {1, 0, 2, 0, 1, 2}) {
      assertThat(choose(1, ANY, temporal)).isEqualTo(new ChangeResult.Done());
      network.run(SECOND.multipliedBy(2));
      assertGets(viewer, 0, temporal);
      assertGets(other, 0, 2);
    }
    // Its descriptors are told apart as those of AV1 are: there is no PictureID to look at.
    assertOneStream(viewer, Codec.AV1, caughtUp);
    assertOneStream(other, Codec.AV1, caughtUp);
  }

  @Test
  void areRefusedWhatThereIsNot() {
    publish(Codec.VP9, 2);
    view(Codec.VP9, 1);
    network.run(SECOND.multipliedBy(3));

    assertThat(choose(1, 2, ANY))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "spatialLayerId: the highest spatial layer is 1"));
    assertThat(choose(1, ANY, 3))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "temporalLayerId: the highest temporal layer is 2"));
    assertThat(choose(1, 1, 2)).isEqualTo(new ChangeResult.Done());
  }

  @Test
  void learnWhichDecodeTargetsAreLeft() {
    publish(Codec.AV1, 3);
    SimViewer viewer = view(Codec.AV1, 1);
    network.run(SECOND.multipliedBy(2));
    assertThat(video(viewer)).allSatisfy(packet -> assertThat(mask(packet)).isEqualTo(-1));

    choose(1, 1, 1);
    network.run(SECOND);
    int seen = video(viewer).size();
    network.run(SECOND);

    List<ReceivedPacket> reduced = video(viewer).subList(seen, video(viewer).size());
    // Of nine, in the order S0T0, S0T1, S0T2, S1T0 and so on, the lowest bit first.
    assertThat(reduced)
        .isNotEmpty()
        .allSatisfy(packet -> assertThat(mask(packet)).isEqualTo(0b11011));
  }

  /// The mask of active decode targets of a descriptor without structure, or -1.
  private static int mask(ReceivedPacket packet) {
    byte[] bytes = Objects.requireNonNull(packet.descriptor());
    if (bytes.length <= 3 || (bytes[3] & 0x80) != 0) {
      return -1;
    }
    return (bytes[3] & 0x40) == 0 ? -1 : ((bytes[3] & 7) << 6 | (bytes[4] & 0xFC) >> 2);
  }

  @Test
  void keepTheirLayersWhenThePublisherIsReplaced() {
    publish(Codec.VP8, 1);
    SimViewer viewer = view(Codec.VP8, 1);
    network.run(SECOND.multipliedBy(2));
    choose(1, ANY, 0);
    network.run(SECOND);

    SimPublisher next = SimPublisher.layered(network, "10.0.0.2", Codec.VP8, 1, 3, 1_200_000);
    var opened =
        (OpenResult.Opened)
            node.open("next", "demo", SessionRole.PUBLISHER, next.offer(), "publisher");
    next.accept(opened.answer());
    network.run(SECOND.multipliedBy(3));

    long since = network.now() - SECOND.toNanos();
    List<ReceivedPacket> late =
        video(viewer).stream().filter(packet -> packet.atNanos() > since).toList();
    assertThat(late)
        .isNotEmpty()
        .allSatisfy(packet ->
            assertThat(Objects.requireNonNull(LayeredPacket.of(packet)).temporal()).isZero());
  }

  @ParameterizedTest
  @CsvSource({"VP8, 1", "VP9, 3", "AV1, 3"})
  void areInReportsEachWithWhatItTakes(Codec codec, int spatial) {
    publish(codec, spatial);
    SimViewer viewer = view(codec, 1);
    network.run(SECOND.multipliedBy(12));

    StreamReport.Layer only = node.reports().getLast().layers().getFirst();
    assertThat(only.spatialLayers()).hasSize(spatial);
    long below = 0;
    for (int i = 0; i < spatial; i++) {
      StreamReport.SpatialLayer layer = only.spatialLayers().get(i);
      // AV1's sizes are not read.
      assertThat(layer.width()).isEqualTo(codec == Codec.AV1 ? 0 : 1280 >> (spatial - 1 - i));
      assertThat(layer.height()).isEqualTo(codec == Codec.AV1 ? 0 : 720 >> (spatial - 1 - i));
      assertThat(layer.bitrates()).hasSize(3).isSorted().doesNotHaveDuplicates();
      assertThat(layer.bitrates().getFirst()).isGreaterThan(below / 3);
      below = layer.bitrates().getLast();
      for (int temporal = 0; temporal < 3; temporal++) {
        assertThat(choose(1, i, temporal)).isEqualTo(new ChangeResult.Done());
        network.run(SECOND.multipliedBy(2));
        assertGets(viewer, i, temporal);
      }
    }
    assertThat(below).isBetween(only.bitrate() * 8 / 10, only.bitrate() * 12 / 10);
    assertThat(choose(1, spatial, ANY)).isInstanceOf(ChangeResult.Refused.class);
    assertThat(choose(1, ANY, 3)).isInstanceOf(ChangeResult.Refused.class);
  }

  @Test
  void areSaidInReportsToBeSilentWhenTheirSourceIs() {
    SimPublisher publisher = publish(Codec.VP9, 3);
    view(Codec.VP9, 1);
    network.run(SECOND.multipliedBy(3));

    node.silence(publisher.peer().tracks().getLast().encodings().getFirst().ssrc());
    network.run(SECOND.multipliedBy(4));

    assertThat(node.reports().getLast().layers().getFirst().spatialLayers())
        .hasSize(3)
        .allSatisfy(layer -> assertThat(layer.bitrates()).containsExactly(0L, 0L, 0L));
  }
}
