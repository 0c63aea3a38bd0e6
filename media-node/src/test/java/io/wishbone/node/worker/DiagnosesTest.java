package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.stream.LayerLimits;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.LayeredPacket;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.sim.SyntheticCamera;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The worker says what is wrong with a session.
class DiagnosesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(5);
  private final SimNode node = new SimNode(network);

  private Verdict verdict(String session) {
    return node.worker().diagnoses(network.now()).stream()
        .filter(each -> each.sessionId().equals(session))
        .map(Diagnosis::verdict)
        .findFirst()
        .orElseThrow();
  }

  private Diagnosis diagnosis(String session) {
    return Objects.requireNonNull(node.worker().diagnosis(session, network.now()));
  }

  @Test
  void findsNothingWrongWithWhoPublishesAndWatches() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(20));

    assertThat(verdict("publisher")).isEqualTo(Verdict.OK);
    assertThat(verdict("viewer-1")).isEqualTo(Verdict.OK);
    assertThat(viewer.packets(MediaKind.VIDEO)).isNotEmpty();
    assertThat(publisher.isConnected()).isTrue();
  }

  @Test
  void measuresWhatIsSentAndWatched() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.2");
    node.view("viewer-1", viewer);
    network.connect(
        viewer.socket(),
        node.socket(),
        LinkConditions.WAN.withLoss(0.03).withDelay(Duration.ofMillis(40), Duration.ZERO));
    network.run(SECOND.multipliedBy(20));

    SessionFigures sent = diagnosis("publisher").figures();
    SessionFigures watched = diagnosis("viewer-1").figures();
    assertThat(sent.packets()).isGreaterThan(1_000);
    assertThat(sent.bytes() / sent.packets()).isBetween(50L, 1_200L);
    assertThat(sent.bitrate() / 1e6)
        .isBetween(0.8 * 8 * sent.bytes() / 20e6, 2 * 8 * sent.bytes() / 20e6);
    assertThat(sent.nacks()).isZero();
    assertThat(sent.jitterNanos()).isNotNegative();
    assertThat(watched.packets()).isBetween(sent.packets() / 2, sent.packets());
    assertThat(watched.nacks()).isPositive();
    assertThat(watched.repaired()).isPositive();
    assertThat(watched.roundTripNanos() / 1e6).isBetween(80.0, 85.0);
    assertThat(watched.jitterNanos()).isNotNegative();
    assertThat(publisher.isConnected()).isTrue();
  }

  @Test
  void saysOfOneSessionWhatItIsAskedFor() {
    node.publish();
    network.run(SECOND);

    assertThat(node.worker().diagnosis("nobody", network.now())).isNull();
    assertThat(diagnosis("publisher").connected()).isTrue();
    assertThat(diagnosis("publisher").ended()).isFalse();
  }

  @Test
  void missesChecksThatNeverCome() {
    node.open(
        "never", "demo", SessionRole.PUBLISHER, SimPublisher.vp8(network, "10.0.0.9").offer());
    network.run(SECOND);
    assertThat(verdict("never")).isEqualTo(Verdict.OK);
    network.run(SECOND.multipliedBy(5));
    assertThat(verdict("never")).isEqualTo(Verdict.NO_STUN);
    network.run(SECOND.multipliedBy(40));

    assertThat(node.verdicts()).containsExactly(Verdict.NO_STUN);
    assertThat(verdict("never")).isEqualTo(Verdict.NO_STUN);
  }

  /// A container names the address that it has in its own network.
  @ParameterizedTest
  @CsvSource({
    "172.17.0.2, 203.0.113.9, WRONG_ADDRESS",
    "172.17.0.2, 172.17.0.1, NO_STUN",
    "172.17.0.2, , NO_STUN",
    "127.0.0.1, 10.0.0.5, WRONG_ADDRESS",
    "127.0.0.1, 127.0.0.1, NO_STUN",
    "198.51.100.1, 203.0.113.9, NO_STUN"
  })
  void findsThatTheAnswerNamesAnAddressThatThePeerCannotReach(
      String advertised, @Nullable String seen, Verdict verdict) throws Exception {
    var told = new IceCandidate("1", 1, "udp", 2130706431L, advertised, 9400, "host");
    var world = new SimNetwork(7);
    var container = new SimNode(world, _ -> WorkerConfiguration.of(List.of(told)));
    String offer = SimPublisher.vp8(world, "10.0.0.9").offer();
    container.open(
        new OpenRequest(
            "never",
            "demo",
            SessionRole.PUBLISHER,
            SessionDescription.parse(offer.replaceAll("a=candidate.*\r\n", "")),
            null,
            OpenRequest.UNLIMITED,
            OpenRequest.NEVER,
            seen));
    world.run(SECOND.multipliedBy(5));
    assertThat(container.worker().diagnosis("never", world.now()))
        .isNotNull()
        .extracting(Diagnosis::verdict)
        .isEqualTo(verdict);
  }

  @Test
  void missesMediaThatStop() {
    SimPublisher publisher = node.publish();
    network.run(SECOND.multipliedBy(5));
    publisher
        .peer()
        .tracks()
        .forEach(track -> track.encodings().forEach(each -> node.silence(each.ssrc())));
    network.run(SECOND.multipliedBy(4));

    assertThat(verdict("publisher")).isEqualTo(Verdict.NO_MEDIA);
  }

  /// The publisher's marker is on the last packet of the highest layer, which this viewer never
  /// gets.
  @Test
  void seesTheFirstFrameOfWhoGetsTheLowestLayerOnly() {
    node.publish(
        "publisher", SimPublisher.layered(network, "10.0.0.1", Codec.VP9, 3, 3, 1_200_000));
    network.run(SECOND);
    SimViewer viewer =
        SimViewer.repairing(network, "10.1.0.1", new OfferedCodec(Codec.VP9, 120).withRtx(121));
    network.connectOneWay(
        node.socket(), viewer.socket(), LinkConditions.WAN.withRate(150_000, 15_000));
    node.view("viewer-1", viewer);
    LayeredViewers.choose(node, network, "viewer-1", 0, LayerLimits.ANY);
    network.run(SECOND.multipliedBy(20));

    assertThat(viewer.packets(MediaKind.VIDEO))
        .isNotEmpty()
        .allSatisfy(packet ->
            assertThat(Objects.requireNonNull(LayeredPacket.of(packet)).spatial()).isZero());
    assertThat(node.firstFrameMillis()).containsOnlyKeys("viewer-1");
    assertThat(node.firstFrameMillis().get("viewer-1")).isLessThan(1_000);
    assertThat(verdict("viewer-1")).isEqualTo(Verdict.OK);
  }

  @Test
  void seesLoss() {
    SimPublisher publisher = node.publish();
    network.run(SECOND.multipliedBy(2));
    network.connect(
        publisher.socket(),
        node.socket(),
        LinkConditions.WAN.withLoss(0.15).withDelay(Duration.ofMillis(100), Duration.ZERO));
    network.run(SECOND.multipliedBy(5));

    assertThat(verdict("publisher")).isEqualTo(Verdict.LOSS);
  }

  private void assertVerdict(String session, Verdict expected, Duration throughout) {
    for (long end = network.now() + throughout.toNanos(); network.now() < end; ) {
      network.run(SECOND.dividedBy(10));
      assertThat(verdict(session)).as("at %s", network.now()).isEqualTo(expected);
    }
  }

  /// A viewer that has waited for its publisher for long is as well as one that has just come.
  @Test
  void givesThePublisherThatIsWaitedForTheTimeToBegin() {
    SimPublisher first = SimPublisher.vp8(network, "10.0.0.2");
    node.publish("first", first);
    network.run(SECOND);
    node.view(1);
    first.close();
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(25));
    assertThat(diagnosis("viewer-1").connected()).isTrue();
    assertThat(node.firstFrameMillis()).isEmpty();

    node.publish();
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(20));

    assertThat(node.firstFrameMillis().get("viewer-1")).isBetween(1L, 1_000L);
    assertThat(node.milestones()).contains("viewer-1 FIRST_EGRESS");
  }

  @Test
  void missesTheKeyframeOfThePublisherThatCameBackWithoutOne() {
    SimPublisher first = node.publish();
    node.view(1);
    network.run(SECOND.multipliedBy(5));
    first.close();
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(15));

    SimPublisher again = SimPublisher.stubborn(network, "10.0.0.2", 30 * 25);
    node.publish("again", again);
    long picture = again.peer().tracks().getLast().encodings().getFirst().ssrc();
    node.silence(picture);
    network.run(SECOND);
    node.unsilence(picture);
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(10));
    network.run(SECOND.multipliedBy(2));
    assertVerdict("viewer-1", Verdict.NO_KEYFRAME, SECOND.multipliedBy(10));
    assertThat(verdict("again")).isEqualTo(Verdict.NO_KEYFRAME);

    network.run(SECOND.multipliedBy(2));
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(20));
    assertThat(verdict("again")).isEqualTo(Verdict.OK);
  }

  @Test
  void missesHandshakesThatNeverCome() {
    node.silenceHandshakes();
    node.publish();
    network.run(SECOND.multipliedBy(3));
    assertThat(verdict("publisher")).isEqualTo(Verdict.OK);
    network.run(SECOND.multipliedBy(2));
    assertThat(verdict("publisher")).isEqualTo(Verdict.STUN_NO_DTLS);
    network.run(SECOND.multipliedBy(40));

    assertThat(node.verdicts()).containsExactly(Verdict.STUN_NO_DTLS);
    assertThat(diagnosis("publisher").ended()).isTrue();
  }

  /// It takes ten seconds: a certificate may be forged, and the right one follow (see dtls.md).
  @Test
  void findsThatTheCertificateIsAnother() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    String another = "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB";
    String offer = publisher.offer().replaceAll("a=fingerprint:sha-256 [0-9A-F:]+", another);
    assertThat(offer).contains(another);
    OpenResult result = node.open("publisher", "demo", SessionRole.PUBLISHER, offer);
    publisher.accept(((OpenResult.Opened) result).answer());
    network.run(SECOND.multipliedBy(12));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.DTLS_FAILED);
    assertThat(node.verdicts()).containsExactly(Verdict.FINGERPRINT_MISMATCH);
    assertThat(verdict("publisher")).isEqualTo(Verdict.FINGERPRINT_MISMATCH);
  }

  @Test
  void seesPicturesInAnotherOrder() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    publisher.cameras().forEach(SyntheticCamera::reorder);
    node.publish("publisher", publisher);
    network.run(SECOND.multipliedBy(3));

    assertThat(verdict("publisher")).isEqualTo(Verdict.B_FRAMES);
  }

  /// Packets that only overtake each other on the way have numbers that do so as well.
  @Test
  void takesNoPacketsThatOvertakeForPicturesInAnotherOrder() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    network.connect(publisher.socket(), node.socket(), LinkConditions.WAN.withReordering(0.2));
    node.publish("publisher", publisher);
    assertVerdict("publisher", Verdict.OK, SECOND.multipliedBy(20));
  }

  /// The viewer waits for the highest encoding and gets the middle one meanwhile, until that ends.
  @Test
  void missesTheKeyframeToGoOnWith() {
    SimPublisher publisher = SimPublisher.repairingSimulcast(network, "10.0.0.1");
    publisher.cameras().forEach(camera -> camera.keyframesEvery(30 * 60));
    node.publish("publisher", publisher);
    network.run(SECOND.multipliedBy(2));
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer-1", viewer);
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(20));

    node.silence(publisher.peer().tracks().getLast().encodings().get(1).ssrc());
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(10));
    network.run(SECOND.multipliedBy(4));
    assertVerdict("viewer-1", Verdict.NO_KEYFRAME, SECOND.multipliedBy(5));
  }

  @Test
  void takesNoBurstForLossThatLasts() {
    node.publish();
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer-1", viewer);
    network.run(SECOND.multipliedBy(10));
    var bad = LinkConditions.WAN.withLoss(0.3);
    network.connectOneWay(node.socket(), viewer.socket(), bad);
    assertVerdict("viewer-1", Verdict.OK, SECOND.dividedBy(2));
    network.connectOneWay(node.socket(), viewer.socket(), LinkConditions.WAN);
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(12));

    network.connectOneWay(node.socket(), viewer.socket(), bad);
    network.run(SECOND.multipliedBy(6));
    assertVerdict("viewer-1", Verdict.LOSS, SECOND.multipliedBy(10));
    network.connectOneWay(node.socket(), viewer.socket(), LinkConditions.WAN);
    network.run(SECOND.multipliedBy(12));
    assertVerdict("viewer-1", Verdict.OK, SECOND.multipliedBy(5));
  }

  @Test
  void forgetsTheLossOfAViewerThatReportsNoMore() {
    node.publish();
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer-1", viewer);
    network.connectOneWay(node.socket(), viewer.socket(), LinkConditions.WAN.withLoss(0.3));
    network.run(SECOND.multipliedBy(12));
    assertThat(verdict("viewer-1")).isEqualTo(Verdict.LOSS);

    node.silenceReports();
    network.run(SECOND.multipliedBy(11));
    assertThat(verdict("viewer-1")).isEqualTo(Verdict.OK);
    assertThat(diagnosis("viewer-1").figures().loss()).isZero();
  }
}
