package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.stats.NtpTime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MediaWorkerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);

  private final SimNode node = new SimNode(network);

  @Test
  void forwardsSoundAndPictureUnderTheNumbersOfTheViewer() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);

    network.run(SECOND.multipliedBy(5));

    assertThat(node.connected()).containsExactlyInAnyOrder("publisher", "viewer-1");
    assertThat(viewer.packets(MediaKind.AUDIO)).hasSizeBetween(230, 250);
    List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
    assertThat(video.size()).isGreaterThan(publisher.mediaPackets() / 2);
    assertThat(video).extracting(ReceivedPacket::payloadType).containsOnly(120);
    assertThat(video).extracting(ReceivedPacket::ssrc).containsOnly(video.getFirst().ssrc());
    ViewerPackets.assertInOrder(video);
    assertThat(video.getLast().packetIndex() - video.getFirst().packetIndex())
        .isEqualTo(video.size() - 1);
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  @Test
  void beginsThePictureAtAKeyframeThatItAsksFor() {
    SimPublisher publisher = node.publish();
    network.run(SECOND.multipliedBy(3));
    SimViewer late = node.view(1);

    network.runUntil(() -> !late.packets(MediaKind.VIDEO).isEmpty(), SECOND);

    ReceivedPacket first = late.packets(MediaKind.VIDEO).getFirst();
    assertThat(ViewerPackets.startsKeyframe(first)).isTrue();
    network.run(SECOND.dividedBy(10));
    assertThat(publisher.keyframeRequests()).isEqualTo(1);
    assertThat(Duration.ofNanos(first.atNanos() - late.connectedAtNanos()))
        .isLessThan(Duration.ofMillis(60));
  }

  @Test
  void asksForOneKeyframeWhenManyViewersJoinAtOnce() {
    SimPublisher publisher = node.publish();
    network.run(SECOND.multipliedBy(4));

    for (int i = 0; i < 50; i++) {
      node.view(i);
    }
    network.run(SECOND.multipliedBy(3));

    assertThat(node.connected()).hasSize(51);
    assertThat(publisher.keyframeRequests()).isBetween(1, 2);
  }

  @Test
  void passesOnAViewersRequestForAKeyframe() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(2));
    int before = publisher.keyframeRequests();

    viewer.requestKeyframe(viewer.packets(MediaKind.VIDEO).getFirst().ssrc());
    viewer.requestKeyframe(12345);
    network.run(SECOND);

    assertThat(publisher.keyframeRequests()).isEqualTo(before + 1);
  }

  @Test
  void tellsViewersHowSoundAndPictureBelongTogether() {
    node.publish();
    SimViewer viewer = node.view(1);

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
    SimViewer viewer = node.view(1);

    network.run(SECOND.multipliedBy(2));

    assertThat(ffmpeg.isConnected()).isTrue();
    assertThat(viewer.packets(MediaKind.VIDEO)).isNotEmpty();
  }

  @Test
  void isNotImpressedByJunk() {
    node.publish();
    SimViewer viewer = node.view(1);
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
    assertThat(ViewerPackets.refused(viewer)).isZero();
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos());
    assertThat(node.worker().drops().of(MediaDropReason.UNKNOWN_SOURCE)).isGreaterThan(5_000);
    assertThat(node.socket().sentBytes()).isGreaterThan(bytesBefore);
    assertThat(lonely.socket().sentBytes()).isZero();
  }

  @Test
  void refusesWhatItCannotServe() {
    SimViewer early = SimViewer.open(network, "10.1.0.1");
    assertThat(node.open("early", "demo", SessionRole.SUBSCRIBER, early.offer()))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_ABSENT));
    node.publish();
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
                    Integer.MAX_VALUE,
                    usual.connectTimeoutNanos(),
                    usual.silenceTimeoutNanos(),
                    usual.publisherGraceNanos(),
                    usual.media(),
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
