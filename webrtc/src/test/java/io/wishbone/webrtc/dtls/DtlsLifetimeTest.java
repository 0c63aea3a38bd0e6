package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Closing, abandoning, and the threads that go with them.
class DtlsLifetimeTest {
  private static final DtlsIdentity SERVER = SimulatedHandshake.SERVER;
  private static final List<SrtpProfile> ALL = List.of(SrtpProfile.values());
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void closeNotifyOfTheClientClosesTheServer() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();

    handshake.closeClient();
    handshake.run();

    assertThat(handshake.clientState()).isEqualTo(new DtlsState.Closed());
    assertThat(handshake.serverState()).isEqualTo(new DtlsState.Closed());
  }

  @Test
  void closeNotifyOfTheServerClosesTheClient() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();

    handshake.closeServer();
    handshake.run();

    assertThat(handshake.clientState()).isEqualTo(new DtlsState.Closed());
    assertThat(handshake.serverState()).isEqualTo(new DtlsState.Closed());
  }

  @Test
  void closingDuringTheHandshakeIsSilent() {
    var client = Associations.client(ALL);
    client.start(0);
    SteppedHandshake thread = client.handshake();

    DtlsStep step = client.close(1);

    assertThat(step).isEqualTo(new DtlsStep(List.of(), new DtlsState.Closed(), Long.MAX_VALUE));
    assertThat(Associations.ends(thread)).isTrue();
  }

  @Test
  void aConnectedAssociationHoldsNoThreadAndWantsNoTimeout() {
    var server = Associations.server(ALL);
    SteppedHandshake thread = server.handshake();
    var handshake = SimulatedHandshake.between(Associations.client(ALL), server).run();

    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Connected.class);
    assertThat(server.handshake()).isNull();
    assertThat(Associations.ends(thread)).isTrue();
    assertThat(handshake.server().handleTimeout(handshake.nowNanos()).nextTimeoutNanos())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aServerHoldsNeitherThreadNorClockBeforeTheFirstDatagram() {
    var server = Associations.server(ALL);

    DtlsStep step = server.start(0);

    assertThat(step)
        .isEqualTo(new DtlsStep(List.of(), new DtlsState.Handshaking(), Long.MAX_VALUE));
    assertThat(server.handshake().isThreadAlive()).isFalse();
  }

  @Test
  void abandoningDuringAStepFreesTheThread() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      var client = Associations.client(ALL);
      SteppedHandshake thread = client.handshake();
      Thread step = Thread.ofPlatform().start(() -> client.start(0));

      client.abandon();

      step.join(5_000);
      assertThat(step.isAlive()).isFalse();
      assertThat(Associations.ends(thread)).isTrue();
    }
  }

  @Test
  void anAbandonedAssociationSaysNothingMore() {
    var client = Associations.client(ALL);
    client.start(0);

    client.abandon();

    assertThat(client.handleTimeout(100_000_000).datagrams()).isEmpty();
    assertThat(client.close(100_000_000).datagrams()).isEmpty();
    assertThat(client.handleTimeout(200_000_000).nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void abandoningFreesTheThreadWhereverItWaits() {
    var waitingForServerHello = Associations.client(ALL);
    waitingForServerHello.start(0);
    var waitingForHello = Associations.server(ALL);
    waitingForHello.handleDatagram(Hellos.CHROMIUM.firstFlight().getFirst(), 0);
    var waitingForCertificate = Associations.server(ALL);
    Hellos.CHROMIUM.firstFlight().forEach(d -> waitingForCertificate.handleDatagram(d, 0));
    var neverStarted = Associations.client(ALL);

    for (var association : List.of(waitingForServerHello, waitingForHello, waitingForCertificate)) {
      SteppedHandshake thread = association.handshake();
      assertThat(thread.isThreadAlive()).isTrue();
      association.abandon();
      assertThat(Associations.ends(thread)).isTrue();
      association.abandon();
    }
    neverStarted.abandon();
    assertThat(neverStarted.start(0).datagrams()).isEmpty();
    assertThat(neverStarted.handshake().isThreadAlive()).isFalse();
  }

  @Test
  void failingFreesTheThread() {
    var server = DtlsAssociation.server(SERVER, Set.of(), ALL, RANDOM);
    var client = Associations.client(ALL);
    var threads = List.of(server.handshake(), client.handshake());

    SimulatedHandshake.between(client, server).run();

    assertThat(threads).allMatch(Associations::ends);
  }
}
