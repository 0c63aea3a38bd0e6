package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.session.MediaDropReason;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPeer;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.sim.SoundCopies;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Opus with copies of what was sent before (RED, RFC 2198), or with them inside (in-band FEC).
class RedundantSoundTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String FEC = "minptime=10;useinbandfec=1";
  private static final int OPUS = 111;
  private static final int RED = 63;
  private static final int VIEWERS_OPUS = 109;
  private static final int VIEWERS_RED = 108;
  private static final int SOUND = 80;

  private final SimNetwork network = new SimNetwork(7);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");

  private static String join(
      SimNode node, String session, SessionRole role, SimPeer peer, String offer) {
    OpenResult result = node.open(session, "demo", role, offer);
    String answer = ((OpenResult.Opened) result).answer();
    peer.accept(answer);
    return answer;
  }

  private String publish(boolean preferred) {
    String offer = SoundCopies.offer(publisher.offer(), OPUS, RED, preferred);
    return join(origin, "publisher", SessionRole.PUBLISHER, publisher, offer);
  }

  private SimViewer viewer(String host) {
    return SimViewer.of(
        network,
        host,
        new OfferedCodec(Codec.OPUS, VIEWERS_OPUS),
        new OfferedCodec(Codec.VP8, 120));
  }

  private String view(SimNode node, String session, SimViewer viewer) {
    String offer = SoundCopies.offer(viewer.offer(), VIEWERS_OPUS, VIEWERS_RED, false);
    return join(node, session, SessionRole.SUBSCRIBER, viewer, offer);
  }

  private static List<ReceivedPacket> sound(SimViewer viewer) {
    return viewer.packets(MediaKind.AUDIO);
  }

  private static void assertNoGap(List<ReceivedPacket> packets) {
    assertThat(packets).hasSizeGreaterThan(100);
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).packetIndex()).isEqualTo(packets.get(i - 1).packetIndex() + 1);
    }
  }

  /// What was sent last, as somebody names it who gets `after` bytes of each on.
  private List<String> sent(int count, int skipped) {
    List<SentPacket> all = publisher.sent(MediaKind.AUDIO);
    return all.subList(all.size() - count - 5, all.size()).stream()
        .map(packet -> hex(packet.payload(), skipped))
        .toList();
  }

  private static String hex(byte[] payload, int skipped) {
    return HexFormat.of().formatHex(payload, skipped, payload.length);
  }

  private void assertCopies(SimViewer viewer) {
    List<ReceivedPacket> packets = sound(viewer);
    assertNoGap(packets);
    assertThat(packets)
        .allSatisfy(packet -> {
          assertThat(packet.payloadType()).isEqualTo(VIEWERS_RED);
          assertThat(packet.payload()[0]).isEqualTo((byte) (0x80 | VIEWERS_OPUS));
          assertThat(packet.payload()[4]).isEqualTo((byte) VIEWERS_OPUS);
        });
    assertThat(sent(packets.size(), 5))
        .containsSubsequence(packets.stream().map(each -> hex(each.payload(), 5)).toList());
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  private void assertPlain(SimViewer viewer) {
    List<ReceivedPacket> packets = sound(viewer);
    assertNoGap(packets);
    assertThat(packets)
        .allSatisfy(packet -> {
          assertThat(packet.payloadType()).isEqualTo(VIEWERS_OPUS);
          assertThat(packet.payload()).hasSize(SOUND);
        });
    assertThat(sent(packets.size(), 5 + SOUND))
        .containsSubsequence(packets.stream().map(each -> hex(each.payload(), 0)).toList());
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  @Test
  void passesToWhoTakesItAndIsOpusToTheOthers() {
    publisher.sendCopies(RED);
    publish(true);
    network.run(SECOND);
    SimViewer taking = viewer("10.1.0.1");
    view(origin, "taking", taking);
    SimViewer plain = viewer("10.1.0.2");
    origin.view("plain", plain);
    network.run(SECOND.multipliedBy(4));

    assertCopies(taking);
    assertPlain(plain);
    assertThat(origin.worker().drops().of(MediaDropReason.MALFORMED_RED)).isZero();
  }

  @Test
  void goesOnToOtherNodes() {
    publisher.sendCopies(RED);
    publish(true);
    network.run(SECOND);
    SimNode edge = cluster.open("edge", 2);
    cluster.bring(edge, "origin");
    SimViewer taking = viewer("10.1.0.1");
    view(edge, "taking", taking);
    SimViewer plain = viewer("10.1.0.2");
    edge.view("plain", plain);
    network.run(SECOND.multipliedBy(4));

    assertCopies(taking);
    assertPlain(plain);
  }

  @Test
  void isDroppedAndCountedWhereItsHeadersMakeNoSense() {
    SoundCopies copies = publisher.sendCopies(RED);
    publish(true);
    SimViewer taking = viewer("10.1.0.1");
    view(origin, "taking", taking);
    SimViewer plain = viewer("10.1.0.2");
    origin.view("plain", plain);
    network.run(SECOND.multipliedBy(2));
    int before = sound(plain).size();
    copies.breakLengths(true);
    network.run(SECOND);
    copies.breakLengths(false);
    network.run(SECOND.multipliedBy(2));

    long dropped = origin.worker().drops().of(MediaDropReason.MALFORMED_RED);
    assertThat(dropped).isBetween(49L, 51L);
    for (SimViewer viewer : List.of(taking, plain)) {
      List<ReceivedPacket> packets = sound(viewer);
      assertThat(packets.size()).isGreaterThan(before + 90);
      assertThat(packets.getLast().packetIndex() - packets.getFirst().packetIndex() + 1)
          .as("those that were dropped are missing, and no others")
          .isEqualTo(packets.size() + dropped);
    }
  }

  /// A publisher sends what the answer names first.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isAnsweredInThePublishersOrder(boolean preferred) {
    String answer = publish(preferred);

    assertThat(answer)
        .contains(preferred ? "RTP/SAVPF 63 111\r\n" : "RTP/SAVPF 111 63\r\n")
        .contains("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n");
  }

  @Test
  void isNotAnsweredToViewersOfWhoDoesNotOfferIt() {
    origin.publish("publisher", publisher);

    assertThat(view(origin, "viewer", viewer("10.1.0.1"))).doesNotContain("red/48000");
  }

  @Test
  void isNotAnsweredWhereItIsOfAnotherCodec() {
    String offer =
        SoundCopies.offer(publisher.offer(), OPUS, RED, true).replace("111/111", "111/96");

    assertThat(join(origin, "publisher", SessionRole.PUBLISHER, publisher, offer))
        .doesNotContain("red/48000");
  }

  @Test
  void inBandFecIsAgreedOnAndPassesByteForByte() {
    publisher.microphone().repair();
    assertThat(publish(false)).contains("a=fmtp:111 " + FEC + "\r\n");
    network.run(SECOND);
    SimViewer viewer = viewer("10.1.0.1");
    assertThat(view(origin, "viewer", viewer)).contains("a=fmtp:109 " + FEC + "\r\n");
    network.run(SECOND.multipliedBy(4));

    List<ReceivedPacket> packets = sound(viewer);
    assertNoGap(packets);
    byte[] first = packets.getFirst().payload();
    assertThat(first[0]).isEqualTo((byte) 0x48);
    assertThat(first[1] & 0x40).as("the flag of in-band FEC").isNotZero();
    assertThat(packets)
        .allSatisfy(packet -> assertThat(packet.payloadType()).isEqualTo(VIEWERS_OPUS));
    assertThat(sent(packets.size(), 0))
        .containsSubsequence(packets.stream().map(each -> hex(each.payload(), 0)).toList());
  }
}
