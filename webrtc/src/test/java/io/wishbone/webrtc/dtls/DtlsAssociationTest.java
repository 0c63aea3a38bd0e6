package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsAssociationTest {

  private static final DtlsIdentity CLIENT = SimulatedHandshake.CLIENT;
  private static final DtlsIdentity SERVER = SimulatedHandshake.SERVER;
  private static final List<SrtpProfile> ALL = List.of(SrtpProfile.values());
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DtlsState TIMED_OUT =
      new DtlsState.Failed(DtlsFailure.TIMEOUT, "no handshake within 10 seconds");

  @Test
  void connectsInOneFlightEachWithoutLoss() {
    var handshake = new SimulatedHandshake(Network.PERFECT, 1).run();

    assertThat(handshake.isConnected()).isTrue();
    assertThat(handshake.sentByClient()).hasSize(2);
    assertThat(handshake.sentByServer()).hasSize(2);
    assertThat(handshake.sent()).allMatch(d -> d.datagram().length <= OutgoingFlight.MTU);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void bothSidesHaveTheSameKeysWithEveryProfile(SrtpProfile profile) {
    var handshake = SimulatedHandshake.between(client(List.of(profile)), server(ALL)).run();

    var ofClient = handshake.clientConnected().keys();
    var ofServer = handshake.serverConnected().keys();
    assertThat(ofClient.profile()).isEqualTo(profile);
    assertThat(ofServer.profile()).isEqualTo(profile);
    assertThat(ofClient.local()).isEqualTo(ofServer.remote());
    assertThat(ofClient.remote()).isEqualTo(ofServer.local());
    assertThat(ofClient.local()).isNotEqualTo(ofClient.remote());
    assertThat(ofClient.local().masterKey()).hasSize(profile.keyLength());
    assertThat(ofClient.local().masterSalt()).hasSize(profile.saltLength());
  }

  @Test
  void theServersOrderOfProfilesDecides() {
    var reversed = ALL.reversed();

    var handshake = SimulatedHandshake.between(client(ALL), server(reversed)).run();

    assertThat(handshake.serverConnected().keys().profile()).isEqualTo(reversed.getFirst());
  }

  @Test
  void everyHandshakeHasItsOwnKeys() {
    var one = new SimulatedHandshake(Network.PERFECT, 1).run();
    var other = new SimulatedHandshake(Network.PERFECT, 1).run();

    assertThat(one.clientConnected().keys()).isNotEqualTo(other.clientConnected().keys());
  }

  @Test
  void aServerFailsForACertificateThatWasNotAnnounced() {
    var stranger = DtlsIdentity.generate(RANDOM);
    var server = DtlsAssociation.server(SERVER, Set.of(stranger.fingerprint()), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(client(ALL), server).run();

    assertThat(handshake.serverState())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.FINGERPRINT_MISMATCH));
    assertThat(handshake.clientState()).as("our alert is in clear text").isEqualTo(TIMED_OUT);
  }

  @Test
  void aClientFailsForACertificateThatWasNotAnnounced() {
    var stranger = DtlsIdentity.generate(RANDOM);
    var client = DtlsAssociation.client(CLIENT, Set.of(stranger.fingerprint()), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(client, server(ALL)).run();

    assertThat(handshake.clientState())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.FINGERPRINT_MISMATCH));
    assertThat(handshake.serverState()).as("our alert is in clear text").isEqualTo(TIMED_OUT);
  }

  @Test
  void noFingerprintsAreNotEnough() {
    var server = DtlsAssociation.server(SERVER, Set.of(), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(client(ALL), server).run();

    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Failed.class);
  }

  @ParameterizedTest
  @EnumSource(CertificateHash.class)
  void oneMatchingFingerprintIsEnoughWithEveryHash(CertificateHash hash) {
    Fingerprint right = hash.fingerprint(CLIENT.certificate());
    Fingerprint wrong = DtlsIdentity.generate(RANDOM).fingerprint();
    var server = DtlsAssociation.server(SERVER, Set.of(wrong, right), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(client(ALL), server).run();

    assertThat(handshake.isConnected()).isTrue();
  }

  @Test
  void aFaultOfOursFailsTheAssociationAndLeavesTheCallerAlone() {
    var client =
        DtlsAssociation.client(CLIENT, Set.of(SERVER.fingerprint()), ALL, new BrokenRandom());

    DtlsStep step = client.start(0);

    assertThat(step.state())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.INTERNAL));
    assertThat(step.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(client.handshake()).isNull();
  }

  /// Fails, and then once more when it is asked what happened.
  private static final class BrokenRandom extends SecureRandom {
    private static final class Fault extends RuntimeException {
      @Override
      public String toString() {
        throw new IllegalStateException("no words for it");
      }
    }

    @Override
    public void nextBytes(byte[] bytes) {
      throw new Fault();
    }
  }

  @Test
  void aServerFailsWithoutACommonProfile() {
    var handshake =
        SimulatedHandshake.between(
                client(List.of(SrtpProfile.AEAD_AES_256_GCM)),
                server(List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80)))
            .run();

    assertThat(handshake.serverState())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.NO_SRTP_PROFILE));
    assertThat(handshake.clientState()).as("our alert is in clear text").isEqualTo(TIMED_OUT);
  }

  @Test
  void aServerFailsForAClientThatDoesNotOfferUseSrtp() {
    byte[] hello = client(ALL).start(0).datagrams().getFirst();
    var server = server(ALL);

    DtlsStep step = server.handleDatagram(withoutUseSrtp(hello), 0);

    assertThat(step.state())
        .isEqualTo(
            new DtlsState.Failed(
                DtlsFailure.NO_SRTP_PROFILE, "the client does not offer use_srtp"));
    assertThat(step.datagrams()).as("the alert").hasSize(1);
    assertThat(step.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

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
    var client = client(ALL);
    client.start(0);
    SteppedHandshake thread = client.handshake();

    DtlsStep step = client.close(1);

    assertThat(step).isEqualTo(new DtlsStep(List.of(), new DtlsState.Closed(), Long.MAX_VALUE));
    assertThat(ends(thread)).isTrue();
  }

  @Test
  void aConnectedAssociationHoldsNoThreadAndWantsNoTimeout() {
    var server = server(ALL);
    SteppedHandshake thread = server.handshake();
    var handshake = SimulatedHandshake.between(client(ALL), server).run();

    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Connected.class);
    assertThat(server.handshake()).isNull();
    assertThat(ends(thread)).isTrue();
    assertThat(handshake.server().handleTimeout(handshake.nowNanos()).nextTimeoutNanos())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aServerHoldsNeitherThreadNorClockBeforeTheFirstDatagram() {
    var server = server(ALL);

    DtlsStep step = server.start(0);

    assertThat(step)
        .isEqualTo(new DtlsStep(List.of(), new DtlsState.Handshaking(), Long.MAX_VALUE));
    assertThat(server.handshake().isThreadAlive()).isFalse();
  }

  @Test
  void aClientSendsItsHelloAgainAfterAHundredMilliseconds() {
    var client = client(ALL);

    DtlsStep first = client.start(0);
    DtlsStep early = client.handleTimeout(99_999_999);
    DtlsStep second = client.handleTimeout(100_000_000);
    DtlsStep third = client.handleTimeout(second.nextTimeoutNanos());

    assertThat(first.nextTimeoutNanos()).isEqualTo(100_000_000);
    assertThat(early.datagrams()).isEmpty();
    assertThat(Records.messageTypes(second.datagrams())).containsExactly(1);
    assertThat(second.nextTimeoutNanos()).isEqualTo(300_000_000);
    assertThat(Records.messageTypes(third.datagrams())).containsExactly(1);
    client.abandon();
  }

  @Test
  void aHandshakeFailsAfterTenSeconds() {
    var handshake = new SimulatedHandshake(new Network(1.0, 0, 0, 0), 1);
    SteppedHandshake thread = handshake.client().handshake();
    long began = handshake.nowNanos();

    handshake.run();

    assertThat(handshake.clientState()).isEqualTo(TIMED_OUT);
    assertThat(handshake.nowNanos() - began).isEqualTo(DtlsAssociation.HANDSHAKE_TIMEOUT_NANOS);
    assertThat(handshake.sentByClient()).hasSizeBetween(8, 12);
    assertThat(ends(thread)).isTrue();
  }

  @Test
  void aLostLastFlightIsSentAgainWhenTheClientRepeatsItself() {
    var handshake =
        new SimulatedHandshake(Network.PERFECT, 1)
            .dropping(d -> !d.toServer() && isFinal(d))
            .runFor(90_000_000);
    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Connected.class);
    assertThat(handshake.clientState()).isInstanceOf(DtlsState.Handshaking.class);
    var keys = handshake.serverConnected().keys();

    handshake.dropping(_ -> false).run();

    assertThat(handshake.isConnected()).isTrue();
    assertThat(handshake.serverConnected().keys()).isSameAs(keys);
  }

  @Test
  void aLostLastFlightIsRecoveredSeveralTimes() {
    int[] lost = {0};
    var handshake =
        new SimulatedHandshake(Network.PERFECT, 1)
            .dropping(d -> !d.toServer() && isFinal(d) && lost[0]++ < 3)
            .run();

    assertThat(lost[0]).isEqualTo(4);
    assertThat(handshake.isConnected()).isTrue();
  }

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
    var client = client(ALL);
    byte[] hello = client.start(0).datagrams().getFirst();
    var server = server(ALL);

    for (int length = 0; length < hello.length; length++) {
      DtlsStep step = server.handleDatagram(Arrays.copyOf(hello, length), 0);
      assertThat(step.datagrams()).isEmpty();
      assertThat(step.state()).isEqualTo(new DtlsState.Handshaking());
    }

    assertThat(server.handshake().isThreadAlive()).isFalse();
    assertThat(SimulatedHandshake.between(client(ALL), server).run().isConnected()).isTrue();
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
    var stranger = client(ALL);

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

  @Test
  void recordsInDatagramsOfTheirOwnDoNotMakeTheServerRepeatItsFlight() {
    var handshake = new SimulatedHandshake(new Network(0, 0, 0, 4096), 1).run();

    assertThat(handshake.isConnected()).isTrue();
    assertThat(Records.messageTypes(handshake.sentByServer())).containsExactly(2, 11, 12, 13, 14);
  }

  @Test
  void aFlightThatArrivesInReverseNeedsNoRetransmission() {
    var client = client(ALL);
    var server = server(ALL);
    DtlsStep hello = client.start(0);
    DtlsStep flight = server.handleDatagram(hello.datagrams().getFirst(), 0);
    List<byte[]> last =
        Records.of(client.handleDatagram(flight.datagrams().getFirst(), 0).datagrams().getFirst());
    assertThat(last).as("Certificate to Finished").hasSize(5);

    DtlsStep step = null;
    for (byte[] record : last.reversed()) {
      step = server.handleDatagram(record, 0);
    }

    assertThat(step.state()).isInstanceOf(DtlsState.Connected.class);
    client.abandon();
  }

  @Test
  void abandoningDuringAStepFreesTheThread() throws InterruptedException {
    for (int i = 0; i < 50; i++) {
      var client = client(ALL);
      SteppedHandshake thread = client.handshake();
      Thread step = Thread.ofPlatform().start(() -> client.start(0));

      client.abandon();

      step.join(5_000);
      assertThat(step.isAlive()).isFalse();
      assertThat(ends(thread)).isTrue();
    }
  }

  @Test
  void anAbandonedAssociationSaysNothingMore() {
    var client = client(ALL);
    client.start(0);

    client.abandon();

    assertThat(client.handleTimeout(100_000_000).datagrams()).isEmpty();
    assertThat(client.close(100_000_000).datagrams()).isEmpty();
    assertThat(client.handleTimeout(200_000_000).nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void abandoningFreesTheThreadWhereverItWaits() {
    var waitingForServerHello = client(ALL);
    waitingForServerHello.start(0);
    var waitingForHello = server(ALL);
    waitingForHello.handleDatagram(Hellos.CHROMIUM.firstFlight().getFirst(), 0);
    var waitingForCertificate = server(ALL);
    Hellos.CHROMIUM.firstFlight().forEach(d -> waitingForCertificate.handleDatagram(d, 0));
    var neverStarted = client(ALL);

    for (var association : List.of(waitingForServerHello, waitingForHello, waitingForCertificate)) {
      SteppedHandshake thread = association.handshake();
      assertThat(thread.isThreadAlive()).isTrue();
      association.abandon();
      assertThat(ends(thread)).isTrue();
      association.abandon();
    }
    neverStarted.abandon();
    assertThat(neverStarted.start(0).datagrams()).isEmpty();
    assertThat(neverStarted.handshake().isThreadAlive()).isFalse();
  }

  @Test
  void failingFreesTheThread() {
    var server = DtlsAssociation.server(SERVER, Set.of(), ALL, RANDOM);
    var client = client(ALL);
    var threads = List.of(server.handshake(), client.handshake());

    SimulatedHandshake.between(client, server).run();

    assertThat(threads).allMatch(DtlsAssociationTest::ends);
  }

  private static boolean ends(SteppedHandshake thread) {
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (thread.isThreadAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.yield();
    }
    return true;
  }

  /// The flight with ChangeCipherSpec.
  private static boolean isFinal(SimulatedHandshake.Delivery delivery) {
    return Records.of(delivery.datagram()).stream()
        .anyMatch(
            r -> DtlsRecord.contentType(ByteBuffer.wrap(r), 0) == DtlsRecord.CHANGE_CIPHER_SPEC);
  }

  /// Turns the extension into one that nobody knows.
  private static byte[] withoutUseSrtp(byte[] hello) {
    byte[] patched = hello.clone();
    byte[] extension = {0, 14, 0, 9, 0, 6};
    for (int i = 0; i < patched.length - extension.length; i++) {
      if (Arrays.equals(patched, i, i + extension.length, extension, 0, extension.length)) {
        patched[i] = (byte) 0xfa;
        return patched;
      }
    }
    throw new AssertionError("no use_srtp in the hello");
  }

  private static DtlsAssociation client(List<SrtpProfile> profiles) {
    return DtlsAssociation.client(CLIENT, Set.of(SERVER.fingerprint()), profiles, RANDOM);
  }

  private static DtlsAssociation server(List<SrtpProfile> profiles) {
    return DtlsAssociation.server(SERVER, Set.of(CLIENT.fingerprint()), profiles, RANDOM);
  }
}
