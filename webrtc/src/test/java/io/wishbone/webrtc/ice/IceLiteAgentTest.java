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
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {

  private static final InetSocketAddress CLIENT = Checks.address(1);
  private static final InetSocketAddress ELSEWHERE = Checks.address(2);

  private final SentDatagrams outbox = new SentDatagrams();
  private final IceLiteAgent agent = new IceLiteAgent(Checks.SERVER);

  @Test
  void answersAnAuthenticCheckWithTheAddressItSaw() {
    receive(Checks.request(w -> w.priority(1).controlling(7)), CLIENT, 42);

    Sent sent = outbox.takeOnly();
    assertThat(sent.to()).isEqualTo(CLIENT);
    StunReader answer = Checks.read(sent.datagram());
    assertThat(answer.type()).isEqualTo(StunMessageType.BINDING_SUCCESS);
    assertThat(answer.transactionId()).isEqualTo(new TransactionId(1, 2));
    assertThat(answer.mappedAddress()).isEqualTo(CLIENT);
    assertThat(answer.verifies(StunKey.shortTerm(Checks.SERVER.password()))).isTrue();
    assertThat(answer.fingerprintMatches()).isTrue();
    assertThat(agent.isValidated(CLIENT)).isTrue();
    assertThat(agent.isNominated()).isFalse();
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(42);
  }

  @Test
  void answersIpv6() {
    InetSocketAddress ipv6 = new InetSocketAddress("2001:db8::7", 61764);
    receive(Checks.request(w -> w.controlling(7)), ipv6, 0);

    assertThat(Checks.read(outbox.takeOnly().datagram()).mappedAddress()).isEqualTo(ipv6);
  }

  /// FFmpeg 8: USERNAME, USE-CANDIDATE, MESSAGE-INTEGRITY, FINGERPRINT and nothing else.
  @Test
  void nominatesWithoutPriorityAndRole() {
    receive(Checks.request(StunWriter::useCandidate), CLIENT, 0);

    assertThat(Checks.read(outbox.takeOnly().datagram()).type())
        .isEqualTo(StunMessageType.BINDING_SUCCESS);
    assertThat(agent.isNominated()).isTrue();
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
  }

  @Test
  void sendsNothingToAnyoneWithoutThePassword() {
    TransactionId id = new TransactionId(1, 2);
    byte[] unsigned = Checks.request(StunWriter::useCandidate);
    unsigned[3] -= 32;
    byte[][] strangers = {
      Checks.message(
          StunMessageType.BINDING_REQUEST,
          id,
          "wrong/password/0123456789",
          w -> w.username("srvr:clnt".getBytes()).useCandidate()),
      Checks.message(
          StunMessageType.BINDING_REQUEST,
          id,
          Checks.SERVER.password(),
          w -> w.username("other:clnt".getBytes()).useCandidate()),
      Checks.message(
          StunMessageType.BINDING_REQUEST, id, Checks.SERVER.password(), StunWriter::useCandidate),
      // Unknown attributes and wrong roles are nobody's business either.
      Checks.message(
          StunMessageType.BINDING_REQUEST,
          id,
          "wrong/password/0123456789",
          w -> w.username("srvr:clnt".getBytes()).controlled(1)),
      Arrays.copyOf(unsigned, unsigned.length - 32),
    };
    for (byte[] stranger : strangers) {
      receive(stranger, CLIENT, 5);
    }

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(CLIENT)).isFalse();
    assertThat(agent.remoteAddress()).isNull();
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void sendsNothingWhenTheFingerprintIsWrong() {
    byte[] request = Checks.request(StunWriter::useCandidate);
    request[request.length - 1]++;
    receive(request, CLIENT, 0);

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(CLIENT)).isFalse();
  }

  @Test
  void ignoresIndicationsAndResponses() {
    for (StunMessageType type :
        new StunMessageType[] {
          StunMessageType.BINDING_INDICATION,
          StunMessageType.BINDING_SUCCESS,
          StunMessageType.BINDING_ERROR,
          StunMessageType.OTHER
        }) {
      byte[] message =
          Checks.message(
              type,
              new TransactionId(1, 2),
              Checks.SERVER.password(),
              w -> w.username("srvr:clnt".getBytes()).useCandidate());
      receive(message, CLIENT, 0);
    }

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(CLIENT)).isFalse();
  }

  @Test
  void refusesToControl() {
    receive(Checks.request(w -> w.priority(1).controlled(7).useCandidate()), CLIENT, 0);

    StunReader answer = Checks.read(outbox.takeOnly().datagram());
    assertThat(answer.errorCode()).isEqualTo(487);
    assertThat(answer.verifies(StunKey.shortTerm(Checks.SERVER.password()))).isTrue();
    assertThat(agent.isValidated(CLIENT)).isFalse();
    assertThat(agent.isNominated()).isFalse();
  }

  @Test
  void refusesAttributesThatItHadToUnderstand() {
    // 0x0003 CHANGE-REQUEST of RFC 3489, written as a priority with another type.
    byte[] request = Checks.request(w -> w.priority(1));
    request[20 + 16 + 1] = 0x03;
    request = resigned(request);
    receive(request, CLIENT, 0);

    StunReader answer = Checks.read(outbox.takeOnly().datagram());
    assertThat(answer.errorCode()).isEqualTo(420);
    assertThat(answer.fingerprintMatches()).isTrue();
    assertThat(agent.isValidated(CLIENT)).isFalse();
  }

  @Test
  void sendsToTheLatestValidatedSourceUntilOneIsNominated() {
    receive(Checks.request(0, w -> w.controlling(7)), CLIENT, 0);
    receive(Checks.request(1, w -> w.controlling(7)), ELSEWHERE, 1);
    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);

    receive(Checks.request(2, w -> w.controlling(7)), CLIENT, 2);
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);

    receive(Checks.request(3, w -> w.controlling(7).useCandidate()), ELSEWHERE, 3);
    receive(Checks.request(4, w -> w.controlling(7)), CLIENT, 4);
    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);
  }

  @Test
  void movesWhenThePeerNominatesAnotherPair() {
    receive(Checks.request(0, w -> w.controlling(7).useCandidate()), CLIENT, 0);
    receive(Checks.request(1, w -> w.controlling(7).useCandidate()), ELSEWHERE, 1);

    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);
    assertThat(agent.isValidated(CLIENT)).as("packets may be on their way").isTrue();
  }

  @Test
  void remembersSixteenSourcesAndAlwaysTheNominatedOne() {
    receive(Checks.request(0, w -> w.controlling(7).useCandidate()), Checks.address(100), 0);
    for (int i = 1; i <= 40; i++) {
      receive(Checks.request(i, w -> w.controlling(7)), Checks.address(i), i);
    }

    assertThat(agent.validatedAddresses()).hasSize(16).contains(Checks.address(100));
    assertThat(agent.isValidated(Checks.address(40))).isTrue();
    assertThat(agent.isValidated(Checks.address(26))).isTrue();
    assertThat(agent.isValidated(Checks.address(25))).isFalse();
    assertThat(agent.remoteAddress()).isEqualTo(Checks.address(100));
  }

  @Test
  void aCopiedCheckFromElsewhereHasNoAnswerAndNoEffect() {
    byte[] check = Checks.request(1, w -> w.controlling(7).useCandidate());
    receive(check, CLIENT, 0);
    outbox.take();

    receive(check, ELSEWHERE, 5);

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(ELSEWHERE)).isFalse();
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
    assertThat(agent.lastAuthenticatedNanos()).isZero();
  }

  @Test
  void aRepeatedCheckIsAnsweredAndChangesNothing() {
    byte[] first = Checks.request(1, w -> w.controlling(7).useCandidate());
    receive(first, CLIENT, 0);
    receive(Checks.request(2, w -> w.controlling(7).useCandidate()), ELSEWHERE, 1);
    outbox.take();

    receive(first, CLIENT, 5);

    assertThat(outbox.takeOnly().to()).isEqualTo(CLIENT);
    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(1);
  }

  @Test
  void onceConnectedItMovesOnlyWithMediaFromTheNewAddress() {
    receive(Checks.request(1, w -> w.controlling(7).useCandidate()), CLIENT, 0);
    agent.onTransportConnected(CLIENT);

    agent.onAuthenticatedMedia(ELSEWHERE);
    receive(Checks.request(2, w -> w.controlling(7).useCandidate()), ELSEWHERE, 1);
    agent.onAuthenticatedMedia(CLIENT);
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);

    agent.onAuthenticatedMedia(ELSEWHERE);
    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);
  }

  @Test
  void aNominationOfTheAddressInUseWithdrawsAnUnconfirmedOne() {
    receive(Checks.request(1, w -> w.controlling(7).useCandidate()), CLIENT, 0);
    agent.onTransportConnected(CLIENT);
    receive(Checks.request(2, w -> w.controlling(7).useCandidate()), ELSEWHERE, 1);
    receive(Checks.request(3, w -> w.controlling(7).useCandidate()), CLIENT, 2);

    agent.onAuthenticatedMedia(ELSEWHERE);

    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
  }

  @Test
  void connectedWithoutNominationItStaysWhereItIs() {
    receive(Checks.request(1, w -> w.controlling(7)), CLIENT, 0);
    agent.onTransportConnected(CLIENT);
    receive(Checks.request(2, w -> w.controlling(7)), ELSEWHERE, 1);

    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
  }

  @Test
  void connectedBeforeNominationItServesWhereTheHandshakeWas() {
    receive(Checks.request(1, w -> w.controlling(7)), CLIENT, 0);
    receive(Checks.request(2, w -> w.controlling(7)), ELSEWHERE, 1);
    agent.onTransportConnected(CLIENT);
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);

    receive(Checks.request(3, w -> w.controlling(7).useCandidate()), CLIENT, 2);
    assertThat(agent.remoteAddress()).isEqualTo(CLIENT);
    assertThat(agent.isNominated()).isTrue();
  }

  @Test
  void theFirstNominationMovesMediaAtOnce() {
    receive(Checks.request(1, w -> w.controlling(7)), CLIENT, 0);
    agent.onTransportConnected(CLIENT);

    receive(Checks.request(2, w -> w.controlling(7).useCandidate()), ELSEWHERE, 1);
    assertThat(agent.remoteAddress()).isEqualTo(ELSEWHERE);

    receive(Checks.request(3, w -> w.controlling(7).useCandidate()), CLIENT, 2);
    assertThat(agent.remoteAddress()).as("later ones wait for media").isEqualTo(ELSEWHERE);
  }

  @Test
  void neverConnectsOutAndHasNoTimers() {
    for (String line :
        new String[] {
          "1 1 udp 2122260223 198.51.100.1 61764 typ host",
          "1 1 udp 2122260223 f3c4ec4b-0000.local 61764 typ host",
          "1 0 udp 1 198.51.100.1 1 typ host",
          "1 999 tcp 1 198.51.100.1 9 typ host tcptype active"
        }) {
      agent.addRemoteCandidate(IceCandidate.parse(line), 0);
    }
    agent.handleTimeout(Long.MAX_VALUE, outbox);

    assertThat(agent.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(outbox.count()).isZero();
    assertThat(agent.isFailed(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void answersOnlySoMuchOfAFlood() {
    byte[] check = Checks.request(w -> w.controlling(7));
    for (int i = 0; i < 100_000; i++) {
      receive(check, CLIENT, i * (Checks.SECOND / 100_000));
    }

    assertThat(outbox.count()).isLessThanOrEqualTo(100 + 100 + 100);
  }

  @Test
  void hearsThePeerThroughAFloodFromStrangers() {
    byte[] forged =
        Checks.message(
            StunMessageType.BINDING_REQUEST,
            new TransactionId(3, 4),
            "wrong/password/0123456789",
            w -> w.username("srvr:clnt".getBytes()));
    receive(Checks.request(w -> w.controlling(7).useCandidate()), CLIENT, 0);
    for (int i = 0; i < 10_000; i++) {
      receive(forged, ELSEWHERE, 1);
    }
    outbox.take();
    receive(Checks.request(2, w -> w.controlling(7)), CLIENT, 2);

    assertThat(outbox.count()).isEqualTo(1);
  }

  private void receive(byte[] datagram, InetSocketAddress from, long nowNanos) {
    Checks.deliver(agent, datagram, from, nowNanos, outbox);
  }

  /// The same attributes with a right MESSAGE-INTEGRITY and no FINGERPRINT.
  private static byte[] resigned(byte[] request) {
    byte[] covered = Arrays.copyOf(request, request.length - 32);
    ByteBuffer buffer = ByteBuffer.allocate(covered.length + 24);
    buffer.put(0, covered);
    buffer.putInt(covered.length, 0x00080014);
    buffer.putShort(2, (short) (covered.length + 24 - 20));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Checks.SERVER.password().getBytes(), "HmacSHA1"));
      mac.update(buffer.array(), 0, covered.length);
      buffer.put(covered.length + 4, mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return buffer.array();
  }
}
