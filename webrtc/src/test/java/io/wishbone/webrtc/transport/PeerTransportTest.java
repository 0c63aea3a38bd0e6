package io.wishbone.webrtc.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTransportTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void connectsAsServerAndReceivesMedia() throws Exception {
    SimNetwork network = new SimNetwork(1);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));

    assertThat(network.runUntil(() -> server.transport.isConnected(), SOON)).isTrue();
    network.run(Duration.ofSeconds(3));

    assertThat(server.packetIndexes).hasSizeGreaterThan(200);
    assertThat(server.packetIndexes).hasSize(publisher.mediaPackets());
    assertThat(server.ssrcs).hasSize(2);
    assertThat(server.rtcp).hasAtLeastOneElementOfType(SenderReport.class);
    assertThat(server.transport.drops().total()).isZero();
  }

  @Test
  void connectsAsClientToAPassivePeer() throws Exception {
    SimNetwork network = new SimNetwork(2);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.passive(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));

    assertThat(network.runUntil(() -> server.transport.isConnected(), SOON)).isTrue();
    network.run(Duration.ofSeconds(2));

    assertThat(server.packetIndexes).hasSize(publisher.mediaPackets());
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
  void connectsThroughALossyNetwork(long seed) throws Exception {
    LinkConditions bad = LinkConditions.WAN.withLoss(0.2).withDuplication(0.05).withReordering(0.1);
    SimNetwork network = new SimNetwork(seed, bad);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher =
        seed % 2 == 0
            ? SimPublisher.vp8(network, "10.0.1.1")
            : SimPublisher.passive(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));

    boolean connected =
        network.runUntil(
            () -> server.transport.isConnected() && publisher.isConnected(),
            Duration.ofSeconds(10));

    assertThat(connected).isTrue();
    network.run(Duration.ofSeconds(2));
    assertThat(server.packetIndexes).doesNotHaveDuplicates().hasSizeGreaterThan(100);
  }

  @Test
  void sendsFeedbackThatThePeerReads() throws Exception {
    SimNetwork network = new SimNetwork(11);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);
    network.run(Duration.ofMillis(200));

    for (long ssrc : server.ssrcs) {
      assertThat(server.transport.sendRtcp(List.of(new PictureLossIndication(1, ssrc)))).isTrue();
    }
    network.run(Duration.ofMillis(200));

    assertThat(publisher.keyframeRequests()).isEqualTo(server.ssrcs.size());
  }

  @Test
  void seesThePeersGoodbye() throws Exception {
    SimNetwork network = new SimNetwork(12);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);

    publisher.close();
    network.run(Duration.ofMillis(100));

    assertThat(server.closed).containsExactly(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(server.transport.isClosed()).isTrue();
  }

  @Test
  void tellsThePeerGoodbye() throws Exception {
    SimNetwork network = new SimNetwork(13);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);

    server.transport.close(network.now());
    network.run(Duration.ofMillis(100));

    assertThat(publisher.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(server.closed).isEmpty();
  }

  @Test
  void abandonsWithoutAWord() throws Exception {
    SimNetwork network = new SimNetwork(14);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);
    network.run(Duration.ofMillis(100));

    long sent = server.socket().sentDatagrams();
    server.transport.abandon();
    network.run(Duration.ofMillis(500));

    assertThat(server.socket().sentDatagrams()).isEqualTo(sent);
    assertThat(publisher.closeReason()).isNull();
  }

  @Test
  void answersNoStrangerAndHearsNone() throws Exception {
    SimNetwork network = new SimNetwork(15);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    String offer = publisher.offer();
    server.answer(offer);
    InetSocketAddress stranger = new InetSocketAddress("203.0.113.9", 4242);
    SplittableRandom random = new SplittableRandom(15);

    for (int first = 0; first < 256; first++) {
      byte[] junk = new byte[2 + random.nextInt(300)];
      random.nextBytes(junk);
      junk[0] = (byte) first;
      network.inject(stranger, server.socket(), junk);
    }
    network.run(Duration.ofSeconds(1));

    assertThat(server.socket().sentDatagrams()).isZero();
    assertThat(server.validated).isEmpty();
    assertThat(server.transport.drops().of(DropReason.UNVALIDATED_SOURCE)).isEqualTo(44 + 64);
  }

  @Test
  void survivesJunkFromTheConnectedPeersAddress() throws Exception {
    SimNetwork network = new SimNetwork(16);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);
    SplittableRandom random = new SplittableRandom(16);

    for (int i = 0; i < 5_000; i++) {
      byte[] junk = new byte[random.nextInt(1_400)];
      random.nextBytes(junk);
      network.inject(publisher.socket().address(), server.socket(), junk);
    }
    network.run(Duration.ofMillis(10));
    int before = server.packetIndexes.size();
    network.run(Duration.ofSeconds(2));

    assertThat(server.closed).isEmpty();
    assertThat(server.packetIndexes).hasSizeGreaterThan(before + 100);
    assertThat(server.transport.drops().of(DropReason.SRTP_REFUSED)).isGreaterThan(500);
  }

  @ParameterizedTest
  @EnumSource(ForgedDtls.class)
  void connectsAfterAForgedDatagram(ForgedDtls forged) throws Exception {
    SimNetwork network = new SimNetwork(17);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.ice().isNominated(), SOON);

    network.inject(publisher.socket().address(), server.socket(), forged.datagram());

    assertThat(network.runUntil(publisher::isConnected, Duration.ofSeconds(2))).isTrue();
    assertThat(server.transport.isConnected()).isTrue();
    assertThat(server.closed).isEmpty();
  }

  @Test
  void connectsAfterOneOfEachForgery() throws Exception {
    SimNetwork network = new SimNetwork(18);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.ice().isNominated(), SOON);

    for (ForgedDtls forged : ForgedDtls.values()) {
      network.inject(publisher.socket().address(), server.socket(), forged.datagram());
    }

    assertThat(network.runUntil(publisher::isConnected, Duration.ofSeconds(2))).isTrue();
    assertThat(server.transport.isConnected()).isTrue();
  }

  @Test
  void saysWhatWasWrongWhenTheTimeIsUp() throws Exception {
    SimNetwork network = new SimNetwork(19);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.ice().isNominated(), SOON);
    InetSocketAddress address = publisher.socket().address();
    publisher.vanish();

    network.inject(address, server.socket(), ForgedDtls.HELLO_WITHOUT_USE_SRTP.datagram());
    network.run(Duration.ofMillis(9_999));
    assertThat(server.closed).isEmpty();
    network.run(Duration.ofMillis(2));

    assertThat(server.closed).containsExactly(TransportCloseReason.DTLS_FAILED);
    assertThat(server.details.getFirst()).contains("use_srtp");
  }

  @Test
  void givesUpOnAPeerThatNeverGetsItRight() throws Exception {
    SimNetwork network = new SimNetwork(20);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.ice().isNominated(), SOON);
    InetSocketAddress address = publisher.socket().address();
    publisher.vanish();

    for (int i = 0; i < 6; i++) {
      network.inject(address, server.socket(), ForgedDtls.HELLO_OF_DTLS_1_0.datagram());
    }
    network.run(Duration.ofMillis(1));

    assertThat(server.closed).containsExactly(TransportCloseReason.DTLS_FAILED);
  }

  @Test
  void aReplayedCheckBringsNothingToWhoeverReplaysIt() throws Exception {
    SimNetwork network = new SimNetwork(21);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);
    network.run(Duration.ofMillis(200));
    InetSocketAddress thief = new InetSocketAddress("203.0.113.9", 4242);
    assertThat(server.requests).isNotEmpty();

    server.requests.forEach(request -> network.inject(thief, server.socket(), request));
    network.run(Duration.ofMillis(1));
    server.transport.sendRtcp(List.of(new PictureLossIndication(1, 2)));

    assertThat(server.transport.ice().isValidated(thief)).isFalse();
    assertThat(server.transport.ice().remoteAddress()).isEqualTo(publisher.socket().address());
    assertThat(server.socket().sentTo(thief)).isZero();
  }

  @Test
  void followsAPeerThatNominatesAnotherAddressAndSendsFromThere() throws Exception {
    SimNetwork network = new SimNetwork(22);
    LiteAnswerer server = new LiteAnswerer(network, "10.0.0.1");
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.1.1");
    publisher.accept(server.answer(publisher.offer()));
    network.runUntil(() -> server.transport.isConnected() && publisher.isConnected(), SOON);
    network.run(Duration.ofMillis(200));
    InetSocketAddress before = publisher.socket().address();
    InetSocketAddress moved = new InetSocketAddress("10.0.1.2", 50_000);

    network.inject(moved, server.socket(), server.newNomination());
    network.run(Duration.ofNanos(1));
    assertThat(server.transport.ice().remoteAddress()).isEqualTo(before);

    server.rewriteSource(before, moved);
    network.run(Duration.ofMillis(200));
    assertThat(server.transport.ice().remoteAddress()).isEqualTo(moved);
  }
}
