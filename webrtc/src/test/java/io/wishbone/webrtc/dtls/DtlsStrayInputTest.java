package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers, networks and forgers send must not matter.
class DtlsStrayInputTest {
  private static final List<SrtpProfile> ALL = List.of(SrtpProfile.values());

  @Test
  void junkChangesNothing() {
    var random = new Random(7);
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).runFor(0);
    long sent = handshake.sent().size();
    var state = handshake.serverState();

    for (int i = 0; i < 10_000; i++) {
      byte[] junk = new byte[random.nextInt(200)];
      random.nextBytes(junk);
      if (junk.length > 2 && i % 2 == 0) {
        junk[0] = (byte) (20 + random.nextInt(4));
        junk[1] = (byte) 0xfe;
        junk[2] = (byte) 0xfd;
      }
      handshake.deliver(i % 4 < 2, junk);
    }

    assertThat(handshake.sent()).hasSize((int) sent);
    assertThat(handshake.serverState()).isEqualTo(state);
    handshake.closeClient();
    handshake.run();
    assertThat(handshake.serverState()).isEqualTo(new DtlsState.Closed());
  }

  @Test
  void truncatedRecordsChangeNothing() {
    var client = Associations.client(ALL);
    byte[] hello = client.start(0).datagrams().getFirst();
    var server = Associations.server(ALL);

    for (int length = 0; length < hello.length; length++) {
      DtlsStep step = server.handleDatagram(Arrays.copyOf(hello, length), 0);
      assertThat(step.datagrams()).isEmpty();
      assertThat(step.state()).isEqualTo(new DtlsState.Handshaking());
    }

    assertThat(server.handshake().isThreadAlive()).isFalse();
    assertThat(SimulatedHandshake.between(Associations.client(ALL), server).run().isConnected())
        .isTrue();
    client.abandon();
  }

  @Test
  void everythingSentAgainAfterwardsChangesNothing() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();
    var flights = List.copyOf(handshake.sent());

    flights.forEach(flight -> handshake.deliver(flight.toServer(), flight.datagram()));

    assertThat(handshake.isConnected()).isTrue();
    assertThat(handshake.sent()).hasSize(flights.size());
  }

  @Test
  void aClientHelloOfAnotherHandshakeChangesNothingOnceConnected() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();
    var state = handshake.serverState();
    var stranger = Associations.client(ALL);

    handshake.deliver(true, stranger.start(0).datagrams().getFirst());
    for (byte[] datagram : Hellos.CHROMIUM.firstFlight()) {
      handshake.deliver(true, datagram);
    }

    assertThat(handshake.serverState()).isEqualTo(state);
    stranger.abandon();
  }

  @Test
  void aForgedFatalAlertInClearTextDoesNotEndAConnection() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();

    handshake.deliver(
        true, Records.record(DtlsRecord.ALERT, DtlsRecord.VERSION_1_2, 0, 40, new byte[] {2, 40}));

    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Connected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void alertsInClearTextDoNotEndAHandshake(int deliveries) {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1);
    for (int i = 0; i < deliveries; i++) {
      handshake.runOne();
    }

    for (boolean toServer : new boolean[] {true, false}) {
      for (byte[] alert : new byte[][] {{2, 40}, {1, 0}, {2, 0}}) {
        handshake.deliver(
            toServer, Records.record(DtlsRecord.ALERT, DtlsRecord.VERSION_1_2, 0, 40, alert));
      }
    }

    assertThat(handshake.run().isConnected()).isTrue();
  }
}
