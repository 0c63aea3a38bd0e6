package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.MediaPolicy;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A viewer begins with a group of pictures of any size that is kept: all of it, in a row, also
/// where that takes a while.
class LargePastTest {
  private static final MediaPolicy LARGE =
      MediaPolicy.USUAL.withPast(256 << 20, Duration.ofMinutes(1), 64 << 20);

  private final SimNetwork network = new SimNetwork(1);

  @Test
  void sendsAGroupOf16MebibytesToWhoComes() {
    SimNode node = node(LARGE);
    SimPublisher publisher = SimPublisher.stubborn(network, "10.0.0.1", 1200, 12_000_000);
    node.publish("publisher", publisher);
    network.run(Duration.ofMillis(11_500));
    assertThat(bytes(publisher)).isGreaterThan(16 << 20);

    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer", viewer);
    network.run(Duration.ofSeconds(20));

    assertBeginsWithTheGroup(publisher, viewer);
  }

  @Test
  void sendsAGroupOf5000SmallPacketsToWhoComes() {
    SimNode node = node(MediaPolicy.USUAL);
    SimPublisher publisher = SimPublisher.stubborn(network, "10.0.0.1", 900, 1_200_000);
    publisher.cameras().getFirst().payloadsUpTo(100);
    node.publish("publisher", publisher);
    network.run(Duration.ofMillis(3_500));
    assertThat(publisher.sent(MediaKind.VIDEO)).hasSizeGreaterThan(5000);

    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    node.view("viewer", viewer);
    network.run(Duration.ofSeconds(5));

    assertBeginsWithTheGroup(publisher, viewer);
  }

  /// On a path that is hardly wider than the stream the past goes out for longer than anything may
  /// wait in the pacer: it is not given up for that.
  @Test
  void goesOnWithThePastForAsLongAsItTakes() {
    SimNode node = node(MediaPolicy.USUAL);
    SimPublisher publisher = SimPublisher.stubborn(network, "10.0.0.1", 900, 1_200_000);
    node.publish("publisher", publisher);
    network.run(Duration.ofMillis(5_000));
    SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");
    network.connect(
        node.socket(), viewer.socket(), LinkConditions.WAN.withRate(2_000_000, 150_000));
    node.view("viewer", viewer);
    network.run(Duration.ofSeconds(15));

    assertBeginsWithTheGroup(publisher, viewer);
  }

  private SimNode node(MediaPolicy policy) {
    return new SimNode(network, configuration -> configuration.withMedia(policy));
  }

  private static long bytes(SimPublisher publisher) {
    return publisher.sent(MediaKind.VIDEO).stream().mapToLong(each -> each.payload().length).sum();
  }

  /// The viewer has got every frame from the publisher's first, which is its only keyframe, up to
  /// the newest, and is as late with the last ones as the path makes it.
  private void assertBeginsWithTheGroup(SimPublisher publisher, SimViewer viewer) {
    Frames frames = Frames.of(viewer.packets(MediaKind.VIDEO));
    List<Frames.Frame> shown = frames.shown();
    assertThat(frames.broken()).isZero();
    assertThat(shown.getFirst().keyframe()).isTrue();
    assertThat(shown.stream().filter(Frames.Frame::keyframe)).hasSize(1);
    long sent =
        publisher.sent(MediaKind.VIDEO).stream().map(SentPacket::timestamp).distinct().count();
    System.out.printf(
        "%d of %d frames, the last one after %d ms%n",
        shown.size(), sent, (network.now() - shown.getLast().atNanos()) / 1_000_000);
    assertThat((long) shown.size()).isBetween(sent - 12, sent);
  }
}
