package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.SubscriberSession;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a viewer names, it gets whatever its path carries; the rest is for the path to decide,
/// within the viewer's limits. Sound and estimate hold all the while.
///
/// A simulcast has 1.2 Mbit/s (`h`), 300 (`m`) and 75 kbit/s (`l`), each in three temporal layers,
/// of which the lowest takes 40 %. An encoding alone has 1.2 Mbit/s in three spatial and three
/// temporal layers.
class ChosenLayersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(17);
  private final SimNode node = new SimNode(network);
  private SimViewer viewer;

  /// How a viewer says that it wants the lowest temporal layer only.
  enum Lowest {
    NAMED(new LayerRequest(null, null, null, null, 0, null, null)),
    LIMITED(new LayerRequest(null, null, null, null, null, null, 0));

    private final LayerRequest request;

    Lowest(LayerRequest request) {
      this.request = request;
    }
  }

  private void publishSimulcast(int... temporalLayers) {
    node.publish("publisher", SimPublisher.layeredSimulcast(network, "10.0.0.1", temporalLayers));
    network.run(SECOND);
    view(Codec.VP8);
  }

  private void publishLayers() {
    node.publish(
        "publisher", SimPublisher.layered(network, "10.0.0.1", Codec.VP9, 3, 3, 1_200_000));
    network.run(SECOND);
    view(Codec.VP9);
  }

  private void view(Codec codec) {
    viewer = SimViewer.repairing(network, "10.1.0.1", new OfferedCodec(codec, 120).withRtx(121));
    path(4_000_000);
    node.view("viewer", viewer);
    network.run(SECOND.multipliedBy(6));
  }

  private void path(long bitsPerSecond) {
    network.connectOneWay(
        node.socket(),
        viewer.socket(),
        LinkConditions.WAN
            .withDelay(Duration.ofMillis(20), Duration.ofMillis(3))
            .withRate(bitsPerSecond, (int) Math.max(15_000, bitsPerSecond / 8 * 3 / 10)));
  }

  private ChangeResult choose(LayerRequest request) {
    ChangeResult result = node.worker().choose("viewer", request, network.now());
    node.touched();
    return result;
  }

  private void assertTaken(LayerRequest request) {
    assertThat(choose(request)).isEqualTo(new ChangeResult.Done());
  }

  private static LayerRequest anything() {
    return new LayerRequest(null, null, null, null, null, null, null);
  }

  private List<ReceivedPacket> lately(MediaKind kind, Duration time) {
    long since = network.now() - time.toNanos();
    return viewer.packets(kind).stream().filter(packet -> packet.atNanos() > since).toList();
  }

  private long bitrate() {
    long now = network.now();
    return Frames.bitrate(
        viewer.packets(MediaKind.VIDEO), now - SECOND.multipliedBy(2).toNanos(), now);
  }

  private int topTemporal() {
    return layers().mapToInt(LayeredPacket::temporal).max().orElse(-1);
  }

  private int topSpatial() {
    return layers().mapToInt(LayeredPacket::spatial).max().orElse(-1);
  }

  private Stream<LayeredPacket> layers() {
    return lately(MediaKind.VIDEO, SECOND).stream().map(LayeredPacket::of).filter(Objects::nonNull);
  }

  /// All of the sound of the last two seconds came, and no more was sent than the path carries.
  private void assertSoundAndEstimateHold() {
    List<ReceivedPacket> sound = lately(MediaKind.AUDIO, SECOND.multipliedBy(2));
    // A queue that grows or drains meanwhile lets fewer or more arrive.
    assertThat(sound).hasSizeBetween(90, 110);
    assertThat(sound.getLast().packetIndex() - sound.getFirst().packetIndex() + 1)
        .isEqualTo(sound.size());
    var session =
        (SubscriberSession) Objects.requireNonNull(node.worker().session("viewer")).peer();
    assertThat(bitrate()).isLessThan(session.estimate(network.now()) * 11 / 10);
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Lowest.class)
  void aTemporalLayerAloneLeavesTheEncodingToThePath(Lowest lowest) {
    publishSimulcast(3, 3, 3);
    assertThat(topTemporal()).isEqualTo(2);
    assertThat(bitrate()).isGreaterThan(1_000_000);

    assertTaken(lowest.request);
    network.run(SECOND.multipliedBy(4));
    assertThat(topTemporal()).isZero();
    assertThat(bitrate()).as("of h").isBetween(380_000L, 580_000L);
    assertSoundAndEstimateHold();

    path(300_000);
    network.run(SECOND.multipliedBy(12));
    assertThat(topTemporal()).isZero();
    assertThat(bitrate()).as("of m").isBetween(95_000L, 145_000L);
    assertSoundAndEstimateHold();

    path(4_000_000);
    network.run(SECOND.multipliedBy(20));
    assertThat(topTemporal()).isZero();
    assertThat(bitrate()).as("of h again").isBetween(380_000L, 580_000L);
    assertSoundAndEstimateHold();

    assertTaken(anything());
    network.run(SECOND.multipliedBy(6));
    assertThat(topTemporal()).isEqualTo(2);
    assertThat(bitrate()).as("all").isGreaterThan(1_000_000);
    assertSoundAndEstimateHold();
  }

  @Test
  void aLimitLeavesRoomForFewerLayersAndANameDoesNot() {
    publishSimulcast(3);
    // The only encoding that is sent: 1.2 Mbit/s, 750 kbit/s without the highest temporal layer.
    path(600_000);
    assertTaken(new LayerRequest(null, null, null, null, null, null, 1));
    network.run(SECOND.multipliedBy(12));
    assertThat(topTemporal()).as("limited, on a path that carries less").isZero();
    assertSoundAndEstimateHold();

    assertTaken(new LayerRequest(null, null, null, null, 1, null, null));
    network.run(SECOND.multipliedBy(6));
    assertThat(topTemporal()).as("named, on the same path").isEqualTo(1);
  }

  @Test
  void anEncodingThatIsNamedStaysAndLosesLayersOnly() {
    publishSimulcast(3, 3, 3);
    path(700_000);
    assertTaken(new LayerRequest("h", null, null, null, null, null, null));
    network.run(SECOND.multipliedBy(12));

    assertThat(topTemporal()).isZero();
    assertThat(bitrate()).as("of h").isBetween(380_000L, 580_000L);
    assertSoundAndEstimateHold();

    path(4_000_000);
    network.run(SECOND.multipliedBy(20));
    assertThat(topTemporal()).isEqualTo(2);
    assertThat(bitrate()).isGreaterThan(1_000_000);
  }

  @Test
  void aLargestSizeLeavesRoomForSmallerOnes() {
    SimPublisher publisher = SimPublisher.repairingSimulcast(network, "10.0.0.1");
    node.publish("publisher", publisher);
    network.run(SECOND);
    view(Codec.VP8);

    assertTaken(new LayerRequest(null, 640, null, null, null, null, null));
    network.run(SECOND.multipliedBy(6));
    assertThat(bitrate()).as("of m, which is 640 wide").isBetween(250_000L, 380_000L);

    path(200_000);
    network.run(SECOND.multipliedBy(12));
    assertThat(bitrate()).as("of l, which is smaller").isBetween(60_000L, 110_000L);
    assertSoundAndEstimateHold();

    path(4_000_000);
    network.run(SECOND.multipliedBy(20));
    assertThat(bitrate()).as("of m, and not of h").isBetween(250_000L, 380_000L);
    assertSoundAndEstimateHold();
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "0, 2", "1, 1", "2, 0"})
  void maximaHoldOnAWideAndOnANarrowPath(int spatial, int temporal) {
    publishLayers();
    assertThat(topSpatial()).isEqualTo(2);
    assertThat(topTemporal()).isEqualTo(2);

    assertTaken(new LayerRequest(null, null, null, null, null, spatial, temporal));
    network.run(SECOND.multipliedBy(4));
    assertThat(topSpatial()).isEqualTo(spatial);
    assertThat(topTemporal()).isEqualTo(temporal);
    assertSoundAndEstimateHold();

    path(120_000);
    network.run(SECOND.multipliedBy(12));
    assertThat(topSpatial()).isZero();
    assertThat(topTemporal()).isLessThanOrEqualTo(temporal);
    assertSoundAndEstimateHold();

    path(4_000_000);
    network.run(SECOND.multipliedBy(20));
    assertThat(topSpatial()).isEqualTo(spatial);
    assertThat(topTemporal()).isEqualTo(temporal);

    assertTaken(anything());
    network.run(SECOND.multipliedBy(6));
    assertThat(topSpatial()).isEqualTo(2);
    assertThat(topTemporal()).isEqualTo(2);
    assertSoundAndEstimateHold();
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 720, 2",
    "1279, 720, 1",
    "640, 360, 1",
    "2000, 359, 0",
    "320, 180, 0",
    "1, 1, 0"
  })
  void aLargestSizeIsThatOfASpatialLayer(int maxWidth, int maxHeight, int spatial) {
    publishLayers();

    assertTaken(new LayerRequest(null, maxWidth, maxHeight, null, null, null, null));
    network.run(SECOND.multipliedBy(4));

    assertThat(topSpatial()).isEqualTo(spatial);
    assertThat(topTemporal()).isEqualTo(2);
    assertSoundAndEstimateHold();
  }

  @Test
  void layersAreThoseOfTheEncodingThatIsNamed() {
    publishSimulcast(3, 2, 1);

    assertThat(choose(new LayerRequest("l", null, null, null, 1, null, null)))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "temporalLayerId: the highest temporal layer is 0"));
    assertThat(choose(new LayerRequest("m", null, null, null, 2, null, null)))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "temporalLayerId: the highest temporal layer is 1"));
    assertThat(choose(new LayerRequest(null, null, null, null, 3, null, null)))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "temporalLayerId: the highest temporal layer is 2"));
    assertTaken(new LayerRequest("m", null, null, null, 1, null, null));
    assertTaken(new LayerRequest("h", null, null, null, 2, null, null));
    assertTaken(new LayerRequest(null, null, null, null, 2, null, null));
    // A limit is no name: there need not be anything beyond it.
    assertTaken(new LayerRequest("l", null, null, null, null, 3, 3));
  }

  @ParameterizedTest
  @CsvSource({
    ", 2, 0, ",
    ", 0, 2, ",
    "h, 2, , ",
    "m, , 2, ",
    ", 2, 2, the highest temporal layer of spatial layer 2 is 0",
    ", 1, 1, the highest temporal layer of spatial layer 1 is 0",
    ", 2, 3, the highest temporal layer of spatial layer 2 is 0",
    ", , 3, the highest temporal layer is 2",
    "h, 2, 2, the highest temporal layer is 0"
  })
  void layersThatAreNamedTogetherAreThoseOfOneEncoding(
      String rid, Integer spatial, Integer temporal, String missing) {
    node.publish("publisher", SimPublisher.unlikeSimulcast(network, "10.0.0.1"));
    network.run(SECOND);
    view(Codec.VP9);

    assertThat(choose(new LayerRequest(rid, null, null, spatial, temporal, null, null)))
        .isEqualTo(
            missing == null
                ? new ChangeResult.Done()
                : new ChangeResult.Refused(
                    RefusalReason.LAYER_UNKNOWN, "temporalLayerId: " + missing));
  }

  @Test
  void layersOfAnEncodingThatHasJustBegunAreTakenOnTrust() {
    SimPublisher publisher = SimPublisher.layered(network, "10.0.0.1", Codec.VP9, 3, 3, 1_200_000);
    node.publish("publisher", publisher);
    viewer =
        SimViewer.repairing(network, "10.1.0.1", new OfferedCodec(Codec.VP9, 120).withRtx(121));
    node.view("viewer", viewer);
    network.run(Duration.ofMillis(300));

    assertTaken(new LayerRequest(null, null, null, 1, 7, null, null));
    network.run(SECOND.multipliedBy(4));
    assertThat(topSpatial()).isEqualTo(1);
    assertThat(topTemporal()).as("as far as there are such layers").isEqualTo(2);
    assertThat(choose(new LayerRequest(null, null, null, 1, 7, null, null)))
        .isInstanceOf(ChangeResult.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"h, , ", ", 1, ", ", , 1", "xl, 0, 0"})
  void withoutAPublisherWhateverIsNamedIsRefusedAlike(
      String rid, Integer spatial, Integer temporal) {
    publishSimulcast(3, 3, 3);
    node.worker().close("publisher", "deleted", network.now());
    node.touched();

    assertThat(choose(new LayerRequest(rid, null, null, spatial, temporal, null, null)))
        .isEqualTo(
            new ChangeResult.Refused(RefusalReason.STREAM_ABSENT, "nobody publishes the stream"));
  }

  @Test
  void limitsAreKeptForTheNextPublisher() {
    publishSimulcast(3, 3, 3);
    node.worker().close("publisher", "deleted", network.now());
    node.touched();
    assertTaken(new LayerRequest(null, null, null, null, null, null, 0));

    node.publish("next", SimPublisher.layeredSimulcast(network, "10.0.0.2", 3, 3, 3));
    network.run(SECOND.multipliedBy(6));

    assertThat(topTemporal()).isZero();
    assertThat(bitrate()).isBetween(380_000L, 580_000L);
  }
}
