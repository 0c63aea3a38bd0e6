package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.stats.NtpTime;
import io.wishbone.webrtc.transport.DropReason;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaWorkerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimNode node = new SimNode(network);

  private SimPublisher publish() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("publisher", publisher);
    return publisher;
  }

  private SimViewer view(int number) {
    SimViewer viewer = SimViewer.open(network, "10.1." + number / 200 + "." + (number % 200 + 1));
    node.view("viewer-" + number, viewer);
    return viewer;
  }

  private static boolean startsKeyframe(ReceivedPacket packet) {
    return KeyframeDetector.startsKeyframe(
        Codec.VP8, ByteBuffer.wrap(packet.payload()), 0, packet.payload().length);
  }

  private static void assertInOrder(List<ReceivedPacket> packets) {
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).packetIndex()).isGreaterThan(packets.get(i - 1).packetIndex());
    }
  }

  private static long refused(SimViewer viewer) {
    return Objects.requireNonNull(viewer.peer().transport()).drops().of(DropReason.SRTP_REFUSED);
  }

  @Test
  void forwardsSoundAndPictureUnderTheNumbersOfTheViewer() {
    SimPublisher publisher = publish();
    SimViewer viewer = view(1);

    network.run(SECOND.multipliedBy(5));

    assertThat(node.connected()).containsExactlyInAnyOrder("publisher", "viewer-1");
    assertThat(viewer.packets(MediaKind.AUDIO)).hasSizeBetween(230, 250);
    List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
    assertThat(video.size()).isGreaterThan(publisher.mediaPackets() / 2);
    assertThat(video).extracting(ReceivedPacket::payloadType).containsOnly(120);
    assertThat(video).extracting(ReceivedPacket::ssrc).containsOnly(video.getFirst().ssrc());
    assertInOrder(video);
    assertThat(video.getLast().packetIndex() - video.getFirst().packetIndex())
        .isEqualTo(video.size() - 1);
    assertThat(refused(viewer)).isZero();
  }

  @Test
  void beginsThePictureAtAKeyframeThatItAsksFor() {
    SimPublisher publisher = publish();
    network.run(SECOND.multipliedBy(3));
    SimViewer late = view(1);

    network.runUntil(() -> !late.packets(MediaKind.VIDEO).isEmpty(), SECOND);

    ReceivedPacket first = late.packets(MediaKind.VIDEO).getFirst();
    assertThat(startsKeyframe(first)).isTrue();
    assertThat(publisher.keyframeRequests()).isEqualTo(1);
    assertThat(Duration.ofNanos(first.atNanos() - late.connectedAtNanos()))
        .isLessThan(Duration.ofMillis(60));
  }

  @Test
  void asksForOneKeyframeWhenManyViewersJoinAtOnce() {
    SimPublisher publisher = publish();
    network.run(SECOND.multipliedBy(2));

    for (int i = 0; i < 50; i++) {
      view(i);
    }
    network.run(SECOND.multipliedBy(3));

    assertThat(node.connected()).hasSize(51);
    assertThat(publisher.keyframeRequests()).isBetween(1, 2);
  }

  @Test
  void passesOnAViewersRequestForAKeyframe() {
    SimPublisher publisher = publish();
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(2));
    int before = publisher.keyframeRequests();

    viewer.requestKeyframe(viewer.packets(MediaKind.VIDEO).getFirst().ssrc());
    viewer.requestKeyframe(12345);
    network.run(SECOND);

    assertThat(publisher.keyframeRequests()).isEqualTo(before + 1);
  }

  @Test
  void tellsViewersHowSoundAndPictureBelongTogether() {
    publish();
    SimViewer viewer = view(1);

    network.run(SECOND.multipliedBy(3));

    assertThat(viewer.senderReports()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(viewer.senderReports().stream().map(report -> report.senderSsrc()).distinct())
        .containsExactlyInAnyOrder(
            viewer.packets(MediaKind.AUDIO).getFirst().ssrc(),
            viewer.packets(MediaKind.VIDEO).getFirst().ssrc());
    NtpTime soundBegan = began(viewer, MediaKind.AUDIO, 7_000, 48_000);
    NtpTime pictureBegan = began(viewer, MediaKind.VIDEO, 90_000, 90_000);
    assertThat(Duration.ofNanos(soundBegan.nanosSince(pictureBegan)).abs())
        .isLessThan(Duration.ofMillis(5));
  }

  /// When the device took its first sample, according to the last report about it.
  private static NtpTime began(SimViewer viewer, MediaKind kind, int firstTimestamp, int rate) {
    long ssrc = viewer.packets(kind).getFirst().ssrc();
    SenderReport last =
        viewer.senderReports().stream()
            .filter(report -> report.senderSsrc() == ssrc)
            .reduce((before, after) -> after)
            .orElseThrow();
    return new NtpTime(last.ntpTimestamp())
        .plusTicks((int) (firstTimestamp - last.rtpTimestamp()), rate);
  }

  @Test
  void connectsToAPublisherThatIsTheDtlsServer() {
    SimPublisher ffmpeg = SimPublisher.passive(network, "10.0.0.1");
    node.publish("publisher", ffmpeg);
    SimViewer viewer = view(1);

    network.run(SECOND.multipliedBy(2));

    assertThat(ffmpeg.isConnected()).isTrue();
    assertThat(viewer.packets(MediaKind.VIDEO)).isNotEmpty();
  }

  @Test
  void forgetsAPublisherThatVanished() {
    SimPublisher publisher = publish();
    view(1);
    network.run(SECOND.multipliedBy(3));
    long vanishedAt = network.now();

    publisher.vanish();
    network.run(SECOND.multipliedBy(9));

    SimNode.Ended ended = node.ended().getFirst();
    assertThat(ended.sessionId()).isEqualTo("publisher");
    assertThat(ended.reason()).isEqualTo(EndReason.SILENT);
    assertThat(Duration.ofNanos(ended.atNanos() - vanishedAt)).isLessThan(SECOND.multipliedBy(8));
  }

  @Test
  void forgetsASessionThatNeverConnects() {
    long openedAt = network.now();
    SimPublisher silent = SimPublisher.vp8(network, "10.0.0.1");
    node.open("publisher", "demo", SessionRole.PUBLISHER, silent.offer());

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .containsExactly(
            new SimNode.Ended(
                "publisher",
                EndReason.NEVER_CONNECTED,
                openedAt + SECOND.multipliedBy(30).toNanos()));
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(0, 0, 0));
    assertThat(node.worker().nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void isNotImpressedByJunk() {
    publish();
    SimViewer viewer = view(1);
    network.run(SECOND);
    long bytesBefore = node.socket().sentBytes();
    Random random = new Random(7);
    SimNetwork quiet = new SimNetwork(1);
    SimNode lonely = new SimNode(quiet);

    for (int i = 0; i < 20_000; i++) {
      byte[] junk = new byte[1 + random.nextInt(200)];
      random.nextBytes(junk);
      var stranger = new InetSocketAddress("203.0.113." + (i % 250 + 1), 1024 + i % 1000);
      network.inject(stranger, node.socket(), junk);
      network.inject(viewer.socket().address(), node.socket(), junk.clone());
      quiet.inject(stranger, lonely.socket(), junk.clone());
    }
    network.run(SECOND.multipliedBy(3));
    quiet.run(SECOND);

    assertThat(node.ended()).isEmpty();
    assertThat(viewer.isConnected()).isTrue();
    assertThat(refused(viewer)).isZero();
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos());
    assertThat(node.worker().drops().of(MediaDropReason.UNKNOWN_SOURCE)).isGreaterThan(5_000);
    assertThat(node.socket().sentBytes()).isGreaterThan(bytesBefore);
    assertThat(lonely.socket().sentBytes()).isZero();
  }

  @Test
  void tellsThePeerWhenASessionIsClosed() {
    SimPublisher publisher = publish();
    SimViewer viewer = view(1);
    network.run(SECOND);

    assertThat(node.worker().close("viewer-1", "deleted", network.now())).isTrue();
    network.run(SECOND);

    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(publisher.isConnected()).isTrue();
    assertThat(node.ended()).extracting(SimNode.Ended::reason).containsExactly(EndReason.CLOSED);
    assertThat(node.worker().close("viewer-1", "deleted", network.now())).isFalse();
  }

  @Test
  void endsASessionAtOnceWhenThePeerSaysGoodbye() {
    SimPublisher publisher = publish();
    network.run(SECOND);

    publisher.close();
    network.run(Duration.ofMillis(50));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.CLOSED_BY_PEER);
  }

  @Test
  void letsViewersGoOnWhenTheStreamIsPublishedAgain() {
    SimPublisher first = publish();
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(3));
    first.close();
    network.run(SECOND.multipliedBy(5));
    int before = viewer.packets(MediaKind.VIDEO).size();

    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    node.publish("second", second);
    network.run(SECOND.multipliedBy(3));

    List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
    assertThat(video.size()).isGreaterThan(before + 100);
    assertInOrder(video);
    assertThat(startsKeyframe(video.get(before))).isTrue();
    assertThat(video.get(before).packetIndex()).isEqualTo(video.get(before - 1).packetIndex() + 1);
    long ticks = (video.get(before).timestamp() - video.get(before - 1).timestamp()) & 0xFFFFFFFFL;
    long nanos = video.get(before).atNanos() - video.get(before - 1).atNanos();
    assertThat(ticks).isBetween(nanos * 90 / 1_000_000 - 9000, nanos * 90 / 1_000_000 + 9000);
    assertThat(refused(viewer)).isZero();
  }

  @Test
  void putsAPublisherInThePlaceOfAnotherAtOnce() {
    SimPublisher first = publish();
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(3));

    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    OpenResult result =
        node.open("second", "demo", SessionRole.PUBLISHER, second.offer(), "publisher");
    assertThat(node.ended())
        .containsExactly(new SimNode.Ended("publisher", EndReason.REPLACED, network.now()));
    second.accept(((OpenResult.Opened) result).answer());
    network.run(SECOND);
    int before = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND.multipliedBy(3));

    assertThat(first.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(node.ended()).hasSize(1);
    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(before + 100);
    assertInOrder(viewer.packets(MediaKind.VIDEO));
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 1, 1));
  }

  @Test
  void keepsThePublisherWhoseSuccessorItRefuses() {
    SimPublisher first = publish();
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(3));
    SimViewer wrong = SimViewer.open(network, "10.0.0.2");

    assertThat(node.open("second", "demo", SessionRole.PUBLISHER, wrong.offer(), "publisher"))
        .isInstanceOf(OpenResult.Refused.class);
    network.run(SECOND);

    assertThat(node.ended()).isEmpty();
    assertThat(first.isConnected()).isTrue();
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
  }

  @Test
  void replacesNobodyButThePublisherThatWasNamed() {
    publish();
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    view(1);

    for (String replaces : List.of("gone", "viewer-1")) {
      assertThat(node.open("second", "demo", SessionRole.PUBLISHER, second.offer(), replaces))
          .isInstanceOfSatisfying(
              OpenResult.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_TAKEN));
    }
    assertThat(node.open("other", "other", SessionRole.PUBLISHER, second.offer(), "publisher"))
        .isInstanceOf(OpenResult.Opened.class);
    assertThat(node.ended()).isEmpty();
  }

  @Test
  void dismissesViewersWhenThePublisherDoesNotComeBack() {
    SimPublisher publisher = publish();
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(3));
    publisher.close();
    long closedAt = network.now();

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.CLOSED_BY_PEER, EndReason.PUBLISHER_GONE);
    assertThat(Duration.ofNanos(node.ended().getLast().atNanos() - closedAt).toSeconds())
        .isEqualTo(30);
    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(0, 0, 0));
  }

  @Test
  void movesViewersToTheBestSimulcastEncodingAndBackWhenItStops() {
    SimPublisher publisher = SimPublisher.simulcast(network, "10.0.0.1");
    node.publish("publisher", publisher);
    long highest = publisher.peer().tracks().getLast().encodings().getFirst().ssrc();
    node.silence(highest);
    SimViewer viewer = view(1);
    network.run(SECOND.multipliedBy(3));
    assertThat(bitrate(viewer)).isBetween(200_000L, 500_000L);

    node.unsilence(highest);
    network.run(SECOND.multipliedBy(4));
    assertThat(bitrate(viewer)).isGreaterThan(900_000);

    node.silence(highest);
    network.run(SECOND.multipliedBy(4));
    assertThat(bitrate(viewer)).isBetween(200_000L, 500_000L);

    assertIsOneStream(viewer.packets(MediaKind.VIDEO));
    assertThat(refused(viewer)).isZero();
  }

  /// No gap in the numbers, picture ids in a row, timestamps that keep pace with time.
  private static void assertIsOneStream(List<ReceivedPacket> video) {
    ReceivedPacket first = video.getFirst();
    ReceivedPacket last = video.getLast();
    assertInOrder(video);
    assertThat(last.packetIndex() - first.packetIndex()).isEqualTo(video.size() - 1);
    assertThat((last.timestamp() - first.timestamp()) / 90)
        .isCloseTo((last.atNanos() - first.atNanos()) / 1_000_000, within(40L));
    List<Integer> pictures = pictureIds(video);
    for (int i = 1; i < pictures.size(); i++) {
      assertThat(pictures.get(i)).isEqualTo((pictures.get(i - 1) + 1) & 0x7FFF);
    }
  }

  private long bitrate(SimViewer viewer) {
    return bitrate(viewer.packets(MediaKind.VIDEO), network.now() - SECOND.toNanos());
  }

  private static List<Integer> pictureIds(List<ReceivedPacket> packets) {
    var descriptor = new Vp8Descriptor();
    List<Integer> ids = new ArrayList<>();
    for (ReceivedPacket packet : packets) {
      byte[] payload = packet.payload();
      if (descriptor.wrap(ByteBuffer.wrap(payload), 0, payload.length)
          && descriptor.isStartOfFrame()) {
        ids.add(descriptor.pictureId());
      }
    }
    return ids;
  }

  private static long bitrate(List<ReceivedPacket> packets, long since) {
    long bytes = 0;
    for (ReceivedPacket packet : packets) {
      bytes += packet.atNanos() > since ? packet.payload().length : 0;
    }
    return bytes * 8;
  }

  @Test
  void goesOnWithMediaDuringAnIceRestart() throws Exception {
    publish();
    SimViewer viewer = view(1);
    network.run(SECOND);
    SdpFragment fragment =
        SdpFragment.parse("a=ice-ufrag:fresh\r\na=ice-pwd:freshfreshfreshfreshfresh\r\n");

    RestartResult result = node.worker().restartIce("publisher", fragment, network.now());
    network.run(SECOND.multipliedBy(5));

    assertThat(result).isInstanceOf(RestartResult.Restarted.class);
    assertThat(node.ended()).isEmpty();
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
    assertThat(node.worker().drops().of(MediaDropReason.UNKNOWN_USERNAME_FRAGMENT)).isZero();
    assertThat(node.worker().restartIce("nobody", fragment, network.now()))
        .isInstanceOf(RestartResult.Refused.class);
  }

  @Test
  void refusesWhatItCannotServe() {
    SimViewer early = SimViewer.open(network, "10.1.0.1");
    assertThat(node.open("early", "demo", SessionRole.SUBSCRIBER, early.offer()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_ABSENT));
    publish();
    SimPublisher other = SimPublisher.vp8(network, "10.0.0.2");
    assertThat(node.open("other", "demo", SessionRole.PUBLISHER, other.offer()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_TAKEN));
    assertThat(node.open("wrong", "other", SessionRole.PUBLISHER, early.offer()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.UNSUPPORTED_OFFER));
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 0, 1));
  }

  @Test
  void answersARepeatedRequestAsTheFirstTime() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");

    OpenResult first = node.open("publisher", "demo", SessionRole.PUBLISHER, publisher.offer());
    OpenResult second = node.open("publisher", "demo", SessionRole.PUBLISHER, publisher.offer());

    assertThat(second).isEqualTo(first);
    assertThat(node.worker().snapshot().publishers()).isEqualTo(1);
  }

  @Test
  void takesNoMoreSessionsThanItIsAllowedTo() {
    SimNetwork other = new SimNetwork(3);
    SimNode small =
        new SimNode(
            other,
            usual ->
                new WorkerConfiguration(
                    usual.candidates(),
                    usual.audio(),
                    usual.video(),
                    1,
                    usual.connectTimeoutNanos(),
                    usual.silenceTimeoutNanos(),
                    usual.publisherGraceNanos(),
                    0));
    SimPublisher publisher = SimPublisher.vp8(other, "10.0.0.1");
    small.publish("publisher", publisher);

    assertThat(small.open("more", "more", SessionRole.PUBLISHER, publisher.offer()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.FULL));
    assertThat(small.open("next", "demo", SessionRole.PUBLISHER, publisher.offer(), "publisher"))
        .as("one for one")
        .isInstanceOf(OpenResult.Opened.class);
  }
}
