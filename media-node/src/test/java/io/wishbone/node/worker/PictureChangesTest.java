package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A publisher whose picture stands still, changes its size, or whose sound pauses.
class PictureChangesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(8);
  private final SimNode node = new SimNode(network);
  private final SimPublisher publisher = SimPublisher.repairing(network, "10.0.0.1");
  private final SimViewer viewer = SimViewer.repairing(network, "10.1.0.1");

  private void begin() {
    node.publish("publisher", publisher);
    node.view("viewer", viewer);
    network.run(SECOND.multipliedBy(3));
  }

  private static List<ReceivedPacket> video(SimViewer of) {
    return of.packets(MediaKind.VIDEO);
  }

  private void assertWhole(SimViewer of) {
    assertThat(Frames.of(video(of)).broken()).isZero();
    assertThat(ViewerPackets.refused(of)).isZero();
    assertThat(node.ended()).isEmpty();
  }

  @Test
  void goesOnWhenAPictureThatStoodStillMovesAgain() {
    begin();
    publisher.cameras().getFirst().mute(true);
    network.run(SECOND.multipliedBy(15));
    SimViewer late = SimViewer.repairing(network, "10.1.0.2");
    node.view("late", late);
    network.run(SECOND.multipliedBy(3));
    int before = video(viewer).size();

    publisher.cameras().getFirst().mute(false);
    network.run(SECOND.multipliedBy(3));

    assertThat(video(viewer).size()).isGreaterThan(before + 200);
    assertThat(video(late)).isNotEmpty();
    assertThat(video(late).getFirst().atNanos()).isLessThan(network.now() - SECOND.toNanos() * 2);
    assertWhole(viewer);
    assertWhole(late);
  }

  /// The timestamps of what comes after silence say how long it was.
  @Test
  void keepsTheTimeOfSoundThatPauses() {
    begin();
    publisher.microphone().silence(true);
    network.run(SECOND.multipliedBy(10));
    int before = viewer.packets(MediaKind.AUDIO).size();
    publisher.microphone().silence(false);
    network.run(SECOND.multipliedBy(2));

    List<ReceivedPacket> sound = viewer.packets(MediaKind.AUDIO);
    assertThat(sound.size()).isGreaterThan(before + 80);
    ReceivedPacket last = sound.get(before - 1);
    ReceivedPacket next = sound.get(before);
    assertThat(next.packetIndex()).isEqualTo(last.packetIndex() + 1);
    assertThat((next.timestamp() - last.timestamp()) / 48)
        .isBetween(
            (next.atNanos() - last.atNanos()) / 1_000_000 - 25,
            (next.atNanos() - last.atNanos()) / 1_000_000 + 25);
    assertWhole(viewer);
  }

  @Test
  void tellsOfAnotherSizeAndGoesOn() {
    begin();
    publisher.cameras().getFirst().resize(640, 360);
    network.run(SECOND.multipliedBy(3));

    StreamReport.Layer layer = node.reports().getLast().layers().getFirst();
    assertThat(layer.width()).isEqualTo(640);
    assertThat(layer.height()).isEqualTo(360);
    assertThat(Frames.of(video(viewer)).shown().size()).isGreaterThan(150);
    assertWhole(viewer);
  }

  /// The same names and codecs, other SSRCs and clocks: the viewer's numbers go on.
  @Test
  void goesOnWithThePublisherThatComesBack() {
    begin();
    publisher.vanish();
    network.run(SECOND.multipliedBy(9));
    int before = video(viewer).size();
    SimPublisher again = SimPublisher.repairing(network, "10.0.0.2");
    node.publish("again", again);
    network.run(SECOND.multipliedBy(3));

    List<ReceivedPacket> packets = video(viewer);
    assertThat(packets.size()).isGreaterThan(before + 200);
    assertThat(packets.get(before).packetIndex())
        .isEqualTo(packets.get(before - 1).packetIndex() + 1);
    assertThat(ViewerPackets.startsKeyframe(packets.get(before))).isTrue();
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }
}
