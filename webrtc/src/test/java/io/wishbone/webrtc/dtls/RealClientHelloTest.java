package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Captures of Chromium 156, Firefox 153 and GStreamer 1.22 with another server, which asked for a
/// cookie.
class RealClientHelloTest {

  private final DtlsAssociation server =
      DtlsAssociation.server(
          SimulatedHandshake.SERVER,
          Set.of(SimulatedHandshake.CLIENT.fingerprint()),
          List.of(SrtpProfile.values()),
          new SecureRandom());

  @ParameterizedTest
  @EnumSource
  void theServerAnswersWithItsFlight(Hellos hello) {
    List<byte[]> answer = new ArrayList<>();

    for (byte[] datagram : hello.firstFlight()) {
      assertThat(answer).as("before the hello is complete").isEmpty();
      answer.addAll(server.handleDatagram(datagram, 0).datagrams());
    }

    assertThat(Records.messageTypes(answer))
        .as("ServerHello, Certificate, ServerKeyExchange, CertificateRequest, ServerHelloDone")
        .containsExactly(2, 11, 12, 13, 14);
    assertThat(answer).as("datagrams").hasSize(1);
    assertThat(server.handleTimeout(0).state()).isEqualTo(new DtlsState.Handshaking());
    server.abandon();
  }

  @ParameterizedTest
  @EnumSource
  void theServerAnswersAReorderedAndDuplicatedHello(Hellos hello) {
    List<byte[]> answer = new ArrayList<>();

    for (byte[] datagram : hello.firstFlight().reversed()) {
      answer.addAll(server.handleDatagram(datagram, 0).datagrams());
      answer.addAll(server.handleDatagram(datagram, 0).datagrams());
    }

    assertThat(Records.messageTypes(answer)).containsExactly(2, 11, 12, 13, 14);
    server.abandon();
  }

  @Test
  void theServerAnswersAHelloInTwoRecordsOfOneDatagram() {
    byte[] hello = Records.concat(Hellos.GSTREAMER.firstFlight().toArray(byte[][]::new));

    DtlsStep step = server.handleDatagram(hello, 0);

    assertThat(Records.messageTypes(step.datagrams())).containsExactly(2, 11, 12, 13, 14);
    server.abandon();
  }

  @Test
  void theServerSendsItsFlightAgainWhenTheClientRepeatsItsHello() {
    for (byte[] datagram : Hellos.FIREFOX.firstFlight()) {
      server.handleDatagram(datagram, 0);
    }

    List<byte[]> answer = new ArrayList<>();
    for (byte[] datagram : Hellos.FIREFOX.firstFlight()) {
      byte[] again = datagram.clone();
      ByteBuffer.wrap(again).put(10, (byte) (again[10] + 2));
      answer.addAll(server.handleDatagram(again, 60_000_000).datagrams());
    }

    assertThat(Records.messageTypes(answer)).containsExactly(2, 11, 12, 13, 14);
    server.abandon();
  }

  @Test
  void theServerSendsItsFlightAgainWhenTheClientIsSilent() {
    DtlsStep step = null;
    for (byte[] datagram : Hellos.CHROMIUM.firstFlight()) {
      step = server.handleDatagram(datagram, 0);
    }

    DtlsStep again = server.handleTimeout(step.nextTimeoutNanos());

    assertThat(Records.messageTypes(again.datagrams())).containsExactly(2, 11, 12, 13, 14);
    server.abandon();
  }

  @ParameterizedTest
  @EnumSource
  void theFilterAdmitsWholeHandshakes(Hellos hello) {
    var ofServer = new DtlsFilter();
    var ofClient = new DtlsFilter();
    List<byte[]> fromClient = hello.pcap().fromClient();

    assertThat(hello.pcap().datagrams())
        .allSatisfy(datagram -> {
          var payload = ByteBuffer.wrap(datagram.payload());
          var filter = fromClient.contains(datagram.payload()) ? ofServer : ofClient;
          assertThat(filter.admits(payload, 0, payload.limit())).isTrue();
        });
  }
}
