package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.payload.KeyframeDetector;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.transport.DropReason;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/// What is to be seen of the packets of a viewer.
final class ViewerPackets {
  private ViewerPackets() {}

  static boolean startsKeyframe(ReceivedPacket packet) {
    return KeyframeDetector.startsKeyframe(
        Codec.VP8, ByteBuffer.wrap(packet.payload()), 0, packet.payload().length);
  }

  static void assertInOrder(List<ReceivedPacket> packets) {
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).packetIndex()).isGreaterThan(packets.get(i - 1).packetIndex());
    }
  }

  static long refused(SimViewer viewer) {
    return Objects.requireNonNull(viewer.peer().transport()).drops().of(DropReason.SRTP_REFUSED);
  }
}
