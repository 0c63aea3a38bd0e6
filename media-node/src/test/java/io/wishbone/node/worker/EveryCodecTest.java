package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Media in each codec, from a publisher to a viewer with payload types of its own.
class EveryCodecTest {
  private static final String MODE_0 = "packetization-mode=0";
  private static final String MODE_1 = "packetization-mode=1";

  private final SimNetwork network = new SimNetwork(7);
  private final SimNode node = new SimNode(network);

  @ParameterizedTest
  @CsvSource({
    "OPUS, VP8, ''",
    "OPUS, VP9, profile-id=2",
    "OPUS, H264, packetization-mode=0",
    "OPUS, H264, packetization-mode=1",
    "OPUS, H265, profile-id=1",
    "OPUS, AV1, profile=0",
    "PCMU, VP8, ''",
    "PCMA, H264, packetization-mode=1"
  })
  void passesAsItWasSentFromAKeyframeOn(Codec audio, Codec video, String parameters) {
    SimPublisher publisher =
        SimPublisher.of(
            network,
            "10.0.0.1",
            new OfferedCodec(audio, 111),
            new OfferedCodec(video, 96, parameters));
    SimViewer viewer =
        SimViewer.of(
            network,
            "10.1.0.1",
            new OfferedCodec(audio, 8),
            new OfferedCodec(video, 100, parameters));
    node.publish("publisher", publisher);
    network.run(Duration.ofSeconds(1));
    node.view("viewer", viewer);
    network.run(Duration.ofSeconds(2));

    assertEndsLike(viewer.packets(MediaKind.AUDIO), publisher.sent(MediaKind.AUDIO));
    List<ReceivedPacket> picture = viewer.packets(MediaKind.VIDEO);
    assertEndsLike(picture, publisher.sent(MediaKind.VIDEO));
    byte[] first = picture.getFirst().payload();
    assertThat(KeyframeDetector.startsKeyframe(video, ByteBuffer.wrap(first), 0, first.length))
        .isTrue();
  }

  /// VP8's picture ids are the viewer's, so what is compared lies behind the descriptor.
  private static void assertEndsLike(List<ReceivedPacket> received, List<SentPacket> sent) {
    assertThat(received).hasSizeGreaterThan(50);
    List<SentPacket> last =
        sent.stream().skip(Math.max(0, sent.size() - received.size() - 5)).toList();
    assertThat(last)
        .extracting(packet -> tail(packet.payload()))
        .containsSubsequence(received.stream().map(packet -> tail(packet.payload())).toList());
  }

  private static String tail(byte[] payload) {
    return HexFormat.of().formatHex(payload, 4, payload.length);
  }

  @Test
  void aViewerIsToldWhenANewPublisherSendsMoreThanItWasAnsweredWith() {
    OfferedCodec opus = new OfferedCodec(Codec.OPUS, 111);
    node.publish("sound", SimPublisher.sound(network, "10.0.0.1"));
    SimViewer both = SimViewer.of(network, "10.1.0.1", opus, new OfferedCodec(Codec.VP8, 102));
    node.view("both", both);
    node.view(
        "other codec", SimViewer.of(network, "10.1.0.2", opus, new OfferedCodec(Codec.AV1, 102)));
    node.view("deaf to pictures", SimViewer.only(network, "10.1.0.3", MediaKind.AUDIO, opus));
    network.run(Duration.ofSeconds(1));
    replace("sound", "more sound", SimPublisher.sound(network, "10.0.0.2"));
    assertThat(node.outgrown()).isEmpty();

    replace("more sound", "picture", SimPublisher.vp8(network, "10.0.0.3"));
    replace("picture", "more picture", SimPublisher.vp8(network, "10.0.0.4"));

    assertThat(node.outgrown()).containsExactly("both");
    assertThat(node.ended())
        .extracting(SimNode.Ended::sessionId)
        .containsExactly("sound", "more sound", "picture");
    assertThat(both.packets(MediaKind.AUDIO)).hasSizeGreaterThan(170);
    assertThat(both.packets(MediaKind.VIDEO)).isEmpty();
  }

  private void replace(String before, String sessionId, SimPublisher publisher) {
    var result =
        (OpenResult.Opened)
            node.open(sessionId, "demo", SessionRole.PUBLISHER, publisher.offer(), before);
    publisher.accept(result.answer());
    network.run(Duration.ofSeconds(1));
  }

  @Test
  void aViewerIsDismissedWhenANewPublisherSendsWhatItWasNotAgreedOn() {
    OfferedCodec opus = new OfferedCodec(Codec.OPUS, 111);
    SimPublisher first =
        SimPublisher.of(network, "10.0.0.1", opus, new OfferedCodec(Codec.H264, 96, MODE_0));
    SimViewer viewer =
        SimViewer.of(network, "10.1.0.1", opus, new OfferedCodec(Codec.H264, 102, MODE_0));
    node.publish("first", first);
    node.view("viewer", viewer);
    network.run(Duration.ofSeconds(1));

    SimPublisher second =
        SimPublisher.of(network, "10.0.0.2", opus, new OfferedCodec(Codec.H264, 96, MODE_1));
    second.accept(
        ((OpenResult.Opened)
                node.open("second", "demo", SessionRole.PUBLISHER, second.offer(), "first"))
            .answer());
    network.run(Duration.ofSeconds(1));

    assertThat(node.ended())
        .extracting(SimNode.Ended::sessionId, SimNode.Ended::reason)
        .contains(tuple("viewer", EndReason.CODECS_CHANGED));
  }
}
