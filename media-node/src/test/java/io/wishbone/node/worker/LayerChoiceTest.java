package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.payload.PictureSize;
import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Viewers that choose among the encodings of a simulcast: `h` is 1280x720, `m` half, `l` a
/// quarter.
class LayerChoiceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int ANY = Integer.MAX_VALUE;

  private final SimNetwork network = new SimNetwork(23);
  private final SimNode node = new SimNode(network);
  private SimPublisher publisher;
  private SimViewer viewer;

  @BeforeEach
  void connect() {
    publisher = SimPublisher.simulcast(network, "10.0.0.1");
    node.publish("publisher", publisher);
    viewer = SimViewer.open(network, "10.1.0.1");
    node.view("viewer", viewer);
    network.run(SECOND.multipliedBy(3));
  }

  private ChangeResult choose(@Nullable String rid, int maxWidth, int maxHeight) {
    ChangeResult result =
        node.worker().choose("viewer", new LayerChoice(rid, maxWidth, maxHeight), network.now());
    node.socket().attach(node);
    return result;
  }

  private ChangeResult choose(@Nullable String rid) {
    return choose(rid, ANY, ANY);
  }

  private long ssrc(int encoding) {
    return publisher.peer().tracks().getLast().encodings().get(encoding).ssrc();
  }

  private List<ReceivedPacket> video() {
    return viewer.packets(MediaKind.VIDEO);
  }

  /// The width that the last keyframe said.
  private int width() {
    var size = new PictureSize();
    int width = 0;
    for (ReceivedPacket packet : video()) {
      byte[] payload = packet.payload();
      if (KeyframeDetector.startsKeyframe(Codec.VP8, ByteBuffer.wrap(payload), 0, payload.length)
          && size.read(Codec.VP8, ByteBuffer.wrap(payload), 0, payload.length)) {
        width = size.width();
      }
    }
    return width;
  }

  private void assertOneStream() {
    var descriptor = new Vp8Descriptor();
    int picture = -1;
    ReceivedPacket before = null;
    for (ReceivedPacket packet : video()) {
      if (before != null) {
        assertThat(packet.packetIndex()).isEqualTo(before.packetIndex() + 1);
        assertThat((int) (packet.timestamp() - before.timestamp())).isNotNegative();
      }
      byte[] payload = packet.payload();
      if (descriptor.wrap(ByteBuffer.wrap(payload), 0, payload.length)
          && descriptor.isStartOfFrame()) {
        if (picture >= 0) {
          assertThat(descriptor.pictureId()).isEqualTo((picture + 1) & 0x7FFF);
        }
        picture = descriptor.pictureId();
      }
      before = packet;
    }
  }

  @Test
  void changesAtAKeyframeThatIsAskedForAndLeavesNoGap() {
    assertThat(width()).isEqualTo(1280);
    int before = video().size();
    int requests = publisher.keyframeRequests();

    assertThat(choose("l")).isEqualTo(new ChangeResult.Done());
    network.run(Duration.ofMillis(300));

    assertThat(publisher.keyframeRequests()).isEqualTo(requests + 1);
    assertThat(width()).isEqualTo(320);
    assertThat(video().size()).isGreaterThan(before);
    network.run(SECOND.multipliedBy(5));
    assertThat(width()).isEqualTo(320);
    assertOneStream();
  }

  @Test
  void goesBackToTheBestWhenTheChoiceIsTakenBack() {
    choose("l");
    network.run(SECOND.multipliedBy(2));
    assertThat(width()).isEqualTo(320);

    choose(null);
    network.run(SECOND.multipliedBy(2));

    assertThat(width()).isEqualTo(1280);
    assertOneStream();
  }

  @Test
  void fallsBackWhileTheChosenOneIsNotSentAndReturnsToIt() {
    choose("m");
    network.run(SECOND.multipliedBy(2));
    assertThat(width()).isEqualTo(640);

    node.silence(ssrc(1));
    network.run(SECOND.multipliedBy(4));
    assertThat(width()).isEqualTo(1280);

    node.unsilence(ssrc(1));
    network.run(SECOND.multipliedBy(4));
    assertThat(width()).isEqualTo(640);
    assertOneStream();
  }

  @ParameterizedTest
  @CsvSource({
    "1280, 720, 1280",
    "1279, 720, 640",
    "1280, 719, 640",
    "640, 2147483647, 640",
    "2147483647, 180, 320",
    "639, 359, 320",
    "1, 1, 320"
  })
  void sendsTheLargestPictureWithinLimits(int maxWidth, int maxHeight, int width) {
    // Each encoding has told its size by now.
    choose(null, maxWidth, maxHeight);
    network.run(SECOND.multipliedBy(3));

    assertThat(width()).isEqualTo(width);
    assertOneStream();
  }

  @Test
  void isKeptWhenThePublisherIsReplaced() {
    choose("l");
    network.run(SECOND.multipliedBy(2));

    SimPublisher next = SimPublisher.simulcast(network, "10.0.0.2");
    var opened =
        (OpenResult.Opened)
            node.open("next", "demo", SessionRole.PUBLISHER, next.offer(), "publisher");
    next.accept(opened.answer());
    network.run(SECOND.multipliedBy(4));

    assertThat(width()).isEqualTo(320);
    assertOneStream();
  }

  @Test
  void doesNotChangeWhatOthersGet() {
    SimViewer other = SimViewer.open(network, "10.1.0.2");
    node.view("other", other);
    network.run(SECOND);
    choose("l");
    network.run(SECOND.multipliedBy(3));

    long since = network.now() - SECOND.toNanos();
    assertThat(bytes(other, since)).isGreaterThan(5 * bytes(viewer, since));
  }

  private static long bytes(SimViewer of, long since) {
    return of.packets(MediaKind.VIDEO).stream()
        .filter(packet -> packet.atNanos() > since)
        .mapToLong(packet -> packet.payload().length)
        .sum();
  }

  @Test
  void isRefusedWhenThereIsNoSuchEncoding() {
    assertThat(choose("xl"))
        .isEqualTo(
            new ChangeResult.Refused(
                RefusalReason.LAYER_UNKNOWN, "no encoding has that rid; there are h, m, l"));
    assertThat(node.worker().choose("nobody", LayerChoice.AUTOMATIC, network.now()))
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.SESSION_UNKNOWN));
    assertThat(node.worker().choose("publisher", LayerChoice.AUTOMATIC, network.now()))
        .isInstanceOf(ChangeResult.Refused.class);
    node.worker().close("publisher", "deleted", network.now());
    assertThat(choose("h"))
        .isInstanceOfSatisfying(
            ChangeResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_ABSENT));
  }
}
