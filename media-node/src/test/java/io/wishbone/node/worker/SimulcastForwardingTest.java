package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wishbone.webrtc.payload.Vp8Descriptor;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Viewers of a publisher with several encodings.
class SimulcastForwardingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimNode node = new SimNode(network);

  @Test
  void movesViewersToTheBestSimulcastEncodingAndBackWhenItStops() {
    SimPublisher publisher = SimPublisher.simulcast(network, "10.0.0.1");
    node.publish("publisher", publisher);
    long highest = publisher.peer().tracks().getLast().encodings().getFirst().ssrc();
    node.silence(highest);
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(3));
    assertThat(bitrate(viewer)).isBetween(200_000L, 500_000L);

    node.unsilence(highest);
    network.run(SECOND.multipliedBy(4));
    assertThat(bitrate(viewer)).isGreaterThan(900_000);

    node.silence(highest);
    network.run(SECOND.multipliedBy(4));
    assertThat(bitrate(viewer)).isBetween(200_000L, 500_000L);

    assertIsOneStream(viewer.packets(MediaKind.VIDEO));
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  /// No gap in the numbers, picture ids in a row, timestamps that keep pace with time.
  private static void assertIsOneStream(List<ReceivedPacket> video) {
    ReceivedPacket first = video.getFirst();
    ReceivedPacket last = video.getLast();
    ViewerPackets.assertInOrder(video);
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
}
