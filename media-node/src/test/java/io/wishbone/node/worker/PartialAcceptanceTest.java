package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// P11: viewers that want, or can have, a part of a stream of Opus and VP8.
class PartialAcceptanceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(41);
  private final SimNode node = new SimNode(network);

  @BeforeEach
  void publish() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    network.run(SECOND);
  }

  private SimViewer watch(SimViewer viewer) {
    node.view("viewer", viewer);
    network.run(SECOND.multipliedBy(2));
    assertThat(node.connected()).contains("viewer");
    return viewer;
  }

  @Test
  void whoWantsSoundOnlyGetsIt() {
    SimViewer viewer =
        watch(
            SimViewer.only(
                network, "10.1.0.1", MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 109)));
    assertThat(viewer.packets(MediaKind.AUDIO)).hasSizeGreaterThan(50);
    assertThat(viewer.packets()).hasSameSizeAs(viewer.packets(MediaKind.AUDIO));
  }

  @Test
  void whoWantsThePictureOnlyGetsIt() {
    SimViewer viewer =
        watch(
            SimViewer.only(network, "10.1.0.1", MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 120)));
    assertThat(viewer.packets(MediaKind.VIDEO)).hasSizeGreaterThan(50);
    assertThat(viewer.packets()).hasSameSizeAs(viewer.packets(MediaKind.VIDEO));
  }

  @Test
  @DisplayName(
      "P11: what cannot be had is rejected by port 0; its formats are named, not described")
  void whoCannotPlayThePictureGetsTheSound() throws SdpParseException {
    SimViewer viewer =
        SimViewer.of(
            network,
            "10.1.0.1",
            new OfferedCodec(Codec.OPUS, 109),
            new OfferedCodec(Codec.H264, 126, "packetization-mode=1"));
    OpenResult result = node.open("viewer", "demo", SessionRole.SUBSCRIBER, viewer.offer());
    String text = ((OpenResult.Opened) result).answer();

    SessionDescription answer = SessionDescription.parse(text);
    MediaDescription picture = answer.media().get(1);
    assertThat(picture.port()).isZero();
    assertThat(text).contains("m=video 0 UDP/TLS/RTP/SAVPF 126\r\n");
    assertThat(picture.has("rtpmap")).isFalse();
    assertThat(picture.has("fmtp")).isFalse();
    assertThat(picture.has("rtcp-fb")).isFalse();
    assertThat(answer.bundle().mids()).containsExactly("0");

    viewer.accept(text);
    network.run(SECOND.multipliedBy(2));
    assertThat(viewer.packets(MediaKind.AUDIO)).hasSizeGreaterThan(50);
    assertThat(viewer.packets(MediaKind.VIDEO)).isEmpty();
  }
}
