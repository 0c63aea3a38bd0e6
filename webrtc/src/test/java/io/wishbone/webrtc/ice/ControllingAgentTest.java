package io.wishbone.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.ice.SentDatagrams.Sent;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControllingAgentTest {

  private static final InetSocketAddress SERVER = Checks.address(1);
  private static final InetSocketAddress OTHER = Checks.address(2);

  private final SentDatagrams outbox = new SentDatagrams();
  private final ControllingAgent agent =
      new ControllingAgent(Checks.CLIENT, Checks.SERVER, new Random(1), 0);

  @Test
  void checksACandidateAtOnce() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    assertThat(agent.nextTimeoutNanos()).isZero();
    agent.handleTimeout(0, outbox);

    Sent sent = outbox.takeOnly();
    assertThat(sent.to()).isEqualTo(SERVER);
    StunReader check = Checks.read(sent.datagram());
    assertThat(check.type()).isEqualTo(StunMessageType.BINDING_REQUEST);
    assertThat(check.username()).isEqualTo("srvr:clnt");
    assertThat(check.isFromControlling()).isTrue();
    assertThat(check.hasUseCandidate()).isFalse();
    assertThat(check.priority()).isEqualTo((110L << 24) | (65_535 << 8) | 255);
    assertThat(check.verifies(StunKey.shortTerm(Checks.SERVER.password()))).isTrue();
    assertThat(check.fingerprintMatches()).isTrue();
    assertThat(agent.remoteAddress()).isNull();
  }

  @Test
  void retransmitsWithDoublingPausesAndThenGivesUp() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    List<Long> sentMillis = new ArrayList<>();
    TransactionId id = null;
    while (!agent.isFailed(agent.nextTimeoutNanos()) && sentMillis.size() < 20) {
      long now = agent.nextTimeoutNanos();
      agent.handleTimeout(now, outbox);
      for (Sent sent : outbox.take()) {
        sentMillis.add(now / Checks.MILLISECOND);
        TransactionId sentId = Checks.read(sent.datagram()).transactionId();
        assertThat(id == null || id.equals(sentId)).isTrue();
        id = sentId;
      }
    }

    assertThat(sentMillis).containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15_500L, 31_500L);
    assertThat(agent.isFailed(39_500 * Checks.MILLISECOND)).isTrue();
    assertThat(agent.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pacesNewChecksHighestPriorityFirst() {
    for (int i = 1; i <= 10; i++) {
      agent.addRemoteCandidate(Checks.candidate(Checks.address(i), i), 0);
    }
    List<InetSocketAddress> order = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long now = agent.nextTimeoutNanos();
      assertThat(now).isEqualTo(i * 50 * Checks.MILLISECOND);
      agent.handleTimeout(now, outbox);
      order.add(outbox.takeOnly().to());
    }

    assertThat(order.getFirst()).isEqualTo(Checks.address(10));
    assertThat(order.getLast()).isEqualTo(Checks.address(1));
  }

  @Test
  void nominatesWhatAnswersAndStopsTheOtherChecks() {
    agent.addRemoteCandidate(Checks.candidate(OTHER, 200), 0);
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    agent.handleTimeout(0, outbox);
    agent.handleTimeout(50 * Checks.MILLISECOND, outbox);
    Sent toServer = outbox.take().get(1);
    answer(toServer, SERVER, 60 * Checks.MILLISECOND);

    Sent nominating = outbox.takeOnly();
    assertThat(nominating.to()).isEqualTo(SERVER);
    assertThat(Checks.read(nominating.datagram()).hasUseCandidate()).isTrue();
    assertThat(agent.isNominated()).isFalse();
    assertThat(agent.remoteAddress()).isEqualTo(SERVER);

    answer(nominating, SERVER, 70 * Checks.MILLISECOND);
    assertThat(agent.isNominated()).isTrue();
    assertThat(agent.nextTimeoutNanos()).isBetween(4 * Checks.SECOND, 7 * Checks.SECOND);
  }

  @Test
  void believesOnlyAuthenticAnswersToItsOwnChecksFromWhereTheyWent() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    agent.handleTimeout(0, outbox);
    TransactionId id = Checks.read(outbox.takeOnly().datagram()).transactionId();
    byte[] right = success(id, Checks.SERVER.password());

    receive(success(id, "wrong/password/0123456789"), SERVER, 1);
    receive(success(new TransactionId(9, 9), Checks.SERVER.password()), SERVER, 1);
    receive(right, OTHER, 1);
    byte[] damaged = right.clone();
    damaged[damaged.length - 1]++;
    receive(damaged, SERVER, 1);
    receive(error(id, "wrong/password/0123456789", 487), SERVER, 1);
    assertThat(agent.remoteAddress()).isNull();
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(Long.MIN_VALUE);
    assertThat(outbox.count()).isZero();

    receive(right, SERVER, 2);
    assertThat(agent.isValidated(SERVER)).isTrue();
    assertThat(agent.isValidated(OTHER)).isFalse();
  }

  @Test
  void renewsConsentOnlyByAuthenticAnswersOfThePeer() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    agent.handleTimeout(0, outbox);
    answer(outbox.takeOnly(), SERVER, 0);
    answer(outbox.takeOnly(), SERVER, 0);
    long asked = agent.nextTimeoutNanos();
    agent.handleTimeout(asked, outbox);
    Sent request = outbox.takeOnly();
    TransactionId id = Checks.read(request.datagram()).transactionId();

    long later = 20 * Checks.SECOND;
    receive(success(id, "wrong/password/0123456789"), SERVER, later);
    receive(success(id, Checks.SERVER.password()), OTHER, later);
    receive(error(id, Checks.SERVER.password(), 400), SERVER, later);
    receive(success(new TransactionId(9, 9), Checks.SERVER.password()), SERVER, later);
    assertThat(agent.isFailed(30 * Checks.SECOND - 1)).isFalse();
    assertThat(agent.isFailed(30 * Checks.SECOND)).isTrue();

    answer(request, SERVER, later);
    assertThat(agent.isFailed(50 * Checks.SECOND - 1)).isFalse();
    assertThat(agent.isFailed(50 * Checks.SECOND)).isTrue();
  }

  @Test
  void changesItsRoleWhenToldTo() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    agent.handleTimeout(0, outbox);
    StunReader first = Checks.read(outbox.takeOnly().datagram());
    receive(error(first.transactionId(), Checks.SERVER.password(), 487), SERVER, 1);
    agent.handleTimeout(50 * Checks.MILLISECOND, outbox);

    Sent sent = outbox.takeOnly();
    StunReader second = Checks.read(sent.datagram());
    assertThat(second.isFromControlled()).isTrue();
    assertThat(second.tieBreaker()).isNotEqualTo(first.tieBreaker());
    assertThat(second.transactionId()).isNotEqualTo(first.transactionId());

    answer(sent, SERVER, 60 * Checks.MILLISECOND);
    assertThat(outbox.count()).as("nominating is the peer's now").isZero();
    receive(fromServer(w -> w.controlling(5).useCandidate()), SERVER, 70 * Checks.MILLISECOND);
    assertThat(agent.isNominated()).isTrue();
  }

  @Test
  void keepsItsRoleAgainstASmallerTieBreaker() {
    receive(fromServer(w -> w.controlling(0)), SERVER, 0);

    StunReader answer = Checks.read(outbox.takeOnly().datagram());
    assertThat(answer.errorCode()).isEqualTo(487);
    assertThat(agent.isValidated(SERVER)).isFalse();
  }

  @Test
  void givesInToALargerTieBreaker() {
    receive(fromServer(w -> w.controlling(-1)), SERVER, 0);

    assertThat(Checks.read(outbox.takeOnly().datagram()).type())
        .isEqualTo(StunMessageType.BINDING_SUCCESS);
    agent.handleTimeout(0, outbox);
    assertThat(Checks.read(outbox.takeOnly().datagram()).isFromControlled()).isTrue();
  }

  @Test
  void checksAPeerThatChecksIt() {
    receive(fromServer(w -> w.priority(7).controlled(5)), SERVER, 0);

    assertThat(Checks.read(outbox.takeOnly().datagram()).mappedAddress()).isEqualTo(SERVER);
    agent.handleTimeout(agent.nextTimeoutNanos(), outbox);
    Sent check = outbox.takeOnly();
    assertThat(check.to()).isEqualTo(SERVER);
    answer(check, SERVER, 1);
    answer(outbox.takeOnly(), SERVER, 2);
    assertThat(agent.remoteAddress()).isEqualTo(SERVER);
    assertThat(agent.isNominated()).isTrue();
  }

  @Test
  void sendsAgainAtOnceWhenThePeersCheckCameThrough() {
    agent.addRemoteCandidate(Checks.candidate(SERVER, 100), 0);
    agent.handleTimeout(0, outbox);
    TransactionId id = Checks.read(outbox.takeOnly().datagram()).transactionId();
    receive(fromServer(w -> w.controlled(5)), SERVER, 100);
    outbox.take();
    assertThat(agent.nextTimeoutNanos()).isEqualTo(100);
    agent.handleTimeout(100, outbox);

    assertThat(Checks.read(outbox.takeOnly().datagram()).transactionId()).isEqualTo(id);
  }

  @Test
  void answersNobodyWithoutThePassword() {
    receive(
        Checks.message(
            StunMessageType.BINDING_REQUEST,
            new TransactionId(1, 1),
            "wrong/password/0123456789",
            w -> w.username("clnt:srvr".getBytes()).controlled(5)),
        SERVER,
        0);

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(SERVER)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 1 udp 1 f3c4ec4b-c1b5-4c71-8e1b.local 61764 typ host",
        "1 1 udp 1 media.example.com 61764 typ host",
        "1 1 tcp 1 192.0.2.1 9 typ host tcptype passive",
        "1 2 udp 1 192.0.2.1 61764 typ host",
        "1 0 udp 1 192.0.2.1 61764 typ host",
        "1 999 udp 1 192.0.2.1 61764 typ host",
        "1 1 udp 1 192.0.2.1 0 typ host",
        "1 1 udp 1 0.0.0.0 5000 typ host",
        "1 1 udp 1 :: 5000 typ host",
        "1 1 udp 1 224.0.0.1 5000 typ host",
        "1 1 udp 1 ff02::1 5000 typ host",
        "1 1 udp 1 fe80::1%lo 5000 typ host",
        "1 1 udp 1 3221225985 5000 typ host",
        "1 1 udp 1 192.0.2.1 5000 typ host ufrag older",
      })
  void skipsCandidatesOfNoUse(String line) {
    agent.addRemoteCandidate(IceCandidate.parse(line), 0);
    agent.handleTimeout(0, outbox);

    assertThat(outbox.count()).isZero();
  }

  @Test
  void takesCandidatesOfItsGenerationInBothFamilies() {
    agent.addRemoteCandidate(
        IceCandidate.parse("1 1 UDP 2 192.0.2.1 5000 typ srflx raddr 10.0.0.1 rport 1 ufrag srvr"),
        0);
    agent.addRemoteCandidate(IceCandidate.parse("1 1 udp 1 2001:db8::1 5000 typ host"), 0);
    agent.handleTimeout(0, outbox);
    agent.handleTimeout(50 * Checks.MILLISECOND, outbox);

    assertThat(outbox.take())
        .extracting(Sent::to)
        .containsExactly(SERVER, new InetSocketAddress("2001:db8::1", 5000));
  }

  @Test
  void checksRepeatedCandidatesOnceAndNoMoreThanSixtyFour() {
    for (int i = 1; i <= 200; i++) {
      agent.addRemoteCandidate(Checks.candidate(Checks.address(i), i), 0);
      agent.addRemoteCandidate(Checks.candidate(Checks.address(i), i), 0);
    }
    for (long now = 0; now < 10 * Checks.SECOND; now += 50 * Checks.MILLISECOND) {
      agent.handleTimeout(now, outbox);
    }

    assertThat(outbox.take().stream().map(Sent::to).distinct()).hasSize(64);
  }

  private void answer(Sent request, InetSocketAddress from, long nowNanos) {
    TransactionId id = Checks.read(request.datagram()).transactionId();
    receive(success(id, Checks.SERVER.password()), from, nowNanos);
  }

  private static byte[] success(TransactionId id, String password) {
    return Checks.message(
        StunMessageType.BINDING_SUCCESS, id, password, w -> w.mappedAddress(Checks.address(9)));
  }

  private static byte[] error(TransactionId id, String password, int code) {
    return Checks.message(
        StunMessageType.BINDING_ERROR, id, password, w -> w.errorCode(code, "No"));
  }

  private static byte[] fromServer(Consumer<StunWriter> attributes) {
    return Checks.request(Checks.CLIENT, Checks.SERVER, new TransactionId(3, 3), attributes);
  }

  private void receive(byte[] datagram, InetSocketAddress from, long nowNanos) {
    Checks.deliver(agent, datagram, from, nowNanos, outbox);
  }
}
