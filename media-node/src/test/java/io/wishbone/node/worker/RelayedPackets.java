package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.stats.NtpTime;
import java.util.Arrays;
import java.util.List;

/// What a viewer got through relays, held against what the publisher sent.
final class RelayedPackets {
  private RelayedPackets() {}

  static SentPacket sentAs(SimPublisher publisher, MediaKind kind, ReceivedPacket packet) {
    return publisher.sent(kind).stream()
        .filter(sent -> Arrays.equals(sent.payload(), packet.payload()))
        .findFirst()
        .orElseThrow();
  }

  /// How far the numbers of a viewer are from the publisher's, which is the same for all packets.
  static void assertAreWhatWasSent(SimPublisher publisher, SimViewer viewer) {
    for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
      List<ReceivedPacket> received = viewer.packets(kind);
      assertThat(received).hasSizeGreaterThan(40);
      SentPacket first = sentAs(publisher, kind, received.getFirst());
      long numbers = received.getFirst().packetIndex() - first.number();
      long timestamps = received.getFirst().timestamp() - first.timestamp();
      for (ReceivedPacket packet : received) {
        SentPacket sent =
            publisher
                .sent(kind)
                .get(
                    (int)
                        (packet.packetIndex()
                            - numbers
                            - publisher.sent(kind).getFirst().number()));
        assertThat(packet.payload()).isEqualTo(sent.payload());
        assertThat(packet.timestamp()).isEqualTo((sent.timestamp() + timestamps) & 0xFFFF_FFFFL);
      }
      ViewerPackets.assertInOrder(received);
    }
  }

  private static List<SenderReport> reports(SimViewer viewer, MediaKind kind) {
    long ssrc = viewer.packets(kind).getFirst().ssrc();
    return viewer.senderReports().stream().filter(r -> r.senderSsrc() == ssrc).toList();
  }

  /// When the publisher's first sample was captured, as a viewer is told.
  static NtpTime firstCapture(SimPublisher publisher, SimViewer viewer, MediaKind kind) {
    SenderReport report = reports(viewer, kind).getLast();
    // The first ones are of the past, and told to have come later.
    ReceivedPacket last = viewer.packets(kind).getLast();
    long offset = last.timestamp() - sentLike(publisher, kind, last).timestamp();
    int clockRate = kind == MediaKind.AUDIO ? 48_000 : 90_000;
    long sinceFirst = report.rtpTimestamp() - offset - publisher.sent(kind).getFirst().timestamp();
    return new NtpTime(report.ntpTimestamp()).plusTicks((int) -sinceFirst, clockRate);
  }

  /// Behind the descriptor, whose picture id is the viewer's, no two payloads are alike.
  private static SentPacket sentLike(
      SimPublisher publisher, MediaKind kind, ReceivedPacket packet) {
    byte[] received = packet.payload();
    return publisher.sent(kind).stream()
        .filter(sent -> sent.payload().length == received.length)
        .filter(
            sent -> Arrays.equals(sent.payload(), 4, received.length, received, 4, received.length))
        .findFirst()
        .orElseThrow();
  }

  /// Nothing is missing between the first and the last packet.
  static void assertIsWhole(List<ReceivedPacket> packets) {
    long first = packets.stream().mapToLong(ReceivedPacket::packetIndex).min().orElseThrow();
    long last = packets.stream().mapToLong(ReceivedPacket::packetIndex).max().orElseThrow();
    assertThat(packets.stream().map(ReceivedPacket::packetIndex).distinct())
        .hasSize((int) (last - first + 1));
  }
}
