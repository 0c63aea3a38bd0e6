package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerLimitTest {

  private static final OfferedCodec PCMU = new OfferedCodec(Codec.PCMU, 0);
  private static final OfferedCodec H264 = new OfferedCodec(Codec.H264, 126);
  private static final OfferedMedia OPUS =
      new OfferedMedia(
          MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111, "minptime=10;useinbandfec=1"));
  private static final OfferedMedia VP8 =
      new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96));

  private final SimNetwork network = new SimNetwork(5);
  private final SimNode node =
      new SimNode(
          network,
          usual ->
              new WorkerConfiguration(
                  usual.candidates(),
                  usual.audio(),
                  usual.video(),
                  usual.maxSessions(),
                  2,
                  usual.connectTimeoutNanos(),
                  usual.silenceTimeoutNanos(),
                  usual.publisherGraceNanos(),
                  usual.media(),
                  usual.wallClockOffsetNanos()));

  private final SimViewer viewer = SimViewer.open(network, "10.1.0.1");

  @Test
  void givesAStreamAsManyViewersAsItTakes() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    assertThat(view(1)).isInstanceOf(OpenResult.Opened.class);
    assertThat(view(2)).isInstanceOf(OpenResult.Opened.class);
    assertThat(view(3))
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_FULL));
    assertThat(view(2)).as("asked twice").isInstanceOf(OpenResult.Opened.class);
  }

  @Test
  void hasRoomAgainWhenAViewerHasLeft() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    view(1);
    view(2);
    node.worker().close("viewer-1", "it has seen enough", network.now());
    assertThat(view(3)).isInstanceOf(OpenResult.Opened.class);
  }

  @Test
  void holdsForWhoAnswersAnOfferOfOurs() {
    node.publish("publisher", SimPublisher.vp8(network, "10.0.0.1"));
    view(1);
    SimViewer other = SimViewer.of(network, "10.1.0.2", PCMU, H264);
    for (String session : List.of("late", "later")) {
      assertThat(node.view(session, other.offer(), Duration.ofSeconds(30)))
          .isInstanceOf(OpenResult.CounterOffered.class);
    }
    String answer = SimViewer.answering(network, "10.1.0.3", SetupRole.ACTIVE, OPUS, VP8).offer();

    assertThat(node.answer("late", answer)).isEqualTo(new ChangeResult.Done());
    assertThat(node.answer("later", answer))
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_FULL));
    assertThat(node.worker().snapshot().subscribers()).isEqualTo(2);

    node.worker().close("viewer-1", "it has seen enough", network.now());
    assertThat(node.answer("later", answer)).isEqualTo(new ChangeResult.Done());
  }

  @Test
  void takesTheNextPublisherOfAStreamThatIsFull() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("publisher", publisher);
    view(1);
    view(2);
    assertThat(node.open("next", "demo", SessionRole.PUBLISHER, publisher.offer(), "publisher"))
        .isInstanceOf(OpenResult.Opened.class);
  }

  private OpenResult view(int number) {
    return node.open("viewer-" + number, "demo", SessionRole.SUBSCRIBER, viewer.offer());
  }
}
