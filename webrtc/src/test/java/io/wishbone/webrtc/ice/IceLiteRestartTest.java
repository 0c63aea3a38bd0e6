package io.wishbone.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IceLiteRestartTest {

  private static final IceCredentials NEW_SERVER =
      new IceCredentials("srv2", "second/server/password/01");
  private static final IceCredentials NEW_CLIENT =
      new IceCredentials("cln2", "second/client/password/01");
  private static final InetSocketAddress BEFORE = Checks.address(1);
  private static final InetSocketAddress AFTER = Checks.address(2);

  private final SentDatagrams outbox = new SentDatagrams();
  private final IceLiteAgent agent = new IceLiteAgent(Checks.SERVER);

  @BeforeEach
  void restartConnectedAgent() {
    Checks.deliver(agent, Checks.request(StunWriter::useCandidate), BEFORE, 0, outbox);
    outbox.take();
    agent.restart(NEW_SERVER, NEW_CLIENT, 10);
  }

  @Test
  void servesThePreviousPairUntilANewOneIsNominated() {
    assertThat(agent.localCredentials()).isEqualTo(NEW_SERVER);
    assertThat(agent.remoteAddress()).isEqualTo(BEFORE);
    assertThat(agent.isNominated()).isTrue();
    assertThat(agent.isValidated(BEFORE)).isTrue();

    Checks.deliver(agent, newRequest(1, w -> w.controlling(1)), AFTER, 20, outbox);
    assertThat(agent.isValidated(AFTER)).isTrue();
    assertThat(agent.remoteAddress()).isEqualTo(BEFORE);

    Checks.deliver(agent, newRequest(2, w -> w.controlling(1).useCandidate()), AFTER, 30, outbox);
    assertThat(agent.remoteAddress()).isEqualTo(AFTER);
    assertThat(agent.isValidated(BEFORE)).as("packets may be on their way").isTrue();
  }

  @Test
  void servesThePreviousPairOfAConnectedTransportUntilMediaConfirmsTheNewOne() {
    agent.onTransportConnected(BEFORE);
    Checks.deliver(agent, newRequest(1, w -> w.controlling(1).useCandidate()), AFTER, 20, outbox);
    assertThat(agent.remoteAddress()).isEqualTo(BEFORE);

    agent.onAuthenticatedMedia(AFTER);
    assertThat(agent.remoteAddress()).isEqualTo(AFTER);
  }

  @Test
  void dropsChecksWithThePreviousCredentialsFromElsewhere() {
    Checks.deliver(agent, Checks.request(StunWriter::useCandidate), AFTER, 20, outbox);
    byte[] newNameOldPassword =
        Checks.request(
            new IceCredentials(NEW_SERVER.usernameFragment(), Checks.SERVER.password()),
            NEW_CLIENT,
            new TransactionId(5, 6),
            StunWriter::useCandidate);
    Checks.deliver(agent, newNameOldPassword, AFTER, 20, outbox);

    assertThat(outbox.count()).isZero();
    assertThat(agent.isValidated(AFTER)).isFalse();
    assertThat(agent.remoteAddress()).isEqualTo(BEFORE);
    assertThat(agent.lastAuthenticatedNanos()).isZero();
  }

  /// The answer that brings the new credentials is late, or lost.
  @Test
  void answersThePreviousCredentialsUntilThePeerNominatesWithTheNew() {
    deliverPrevious(1, 20);
    assertAnswered(Checks.SERVER);
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(20);

    Checks.deliver(agent, newRequest(1, w -> w.controlling(1)), BEFORE, 30, outbox);
    assertAnswered(NEW_SERVER);
    deliverPrevious(2, 40);
    assertAnswered(Checks.SERVER);

    Checks.deliver(agent, newRequest(2, w -> w.controlling(1).useCandidate()), BEFORE, 50, outbox);
    assertAnswered(NEW_SERVER);
    deliverPrevious(3, 60);
    assertThat(outbox.count()).isZero();
    assertThat(agent.lastAuthenticatedNanos()).isEqualTo(50);
  }

  /// The client has tried it twice in vain.
  @Test
  void goesOnWithTheCredentialsThatThePeerHasAfterSeveralRestarts() {
    var third = new IceCredentials("srv3", "third/server/password/012");
    agent.restart(third, NEW_CLIENT, 20);
    deliverPrevious(1, 30);
    assertAnswered(Checks.SERVER);
    Checks.deliver(agent, newRequest(1, StunWriter::useCandidate), BEFORE, 40, outbox);
    assertThat(outbox.count()).isZero();
    byte[] nomination =
        Checks.request(third, NEW_CLIENT, new TransactionId(5, 2), StunWriter::useCandidate);
    Checks.deliver(agent, nomination, BEFORE, 50, outbox);
    assertAnswered(third);
    deliverPrevious(2, 60);
    assertThat(outbox.count()).isZero();
  }

  private void deliverPrevious(long transaction, long nowNanos) {
    Checks.deliver(
        agent, Checks.request(transaction, StunWriter::useCandidate), BEFORE, nowNanos, outbox);
  }

  private void assertAnswered(IceCredentials local) {
    StunReader answer = Checks.read(outbox.takeOnly().datagram());
    assertThat(answer.type()).isEqualTo(StunMessageType.BINDING_SUCCESS);
    assertThat(answer.verifies(StunKey.shortTerm(local.password()))).isTrue();
  }

  private static byte[] newRequest(long transaction, Consumer<StunWriter> attributes) {
    return Checks.request(NEW_SERVER, NEW_CLIENT, new TransactionId(5, transaction), attributes);
  }
}
