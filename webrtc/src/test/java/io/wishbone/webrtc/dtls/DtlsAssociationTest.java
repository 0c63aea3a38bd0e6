package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.SimulatedHandshake.Network;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    var handshake =
        SimulatedHandshake.between(Associations.client(List.of(profile)), Associations.server(ALL))
            .run();

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

    var handshake =
        SimulatedHandshake.between(Associations.client(ALL), Associations.server(reversed)).run();

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

    var handshake = SimulatedHandshake.between(Associations.client(ALL), server).run();

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

    var handshake = SimulatedHandshake.between(client, Associations.server(ALL)).run();

    assertThat(handshake.clientState())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.FINGERPRINT_MISMATCH));
    assertThat(handshake.serverState()).as("our alert is in clear text").isEqualTo(TIMED_OUT);
  }

  @Test
  void noFingerprintsAreNotEnough() {
    var server = DtlsAssociation.server(SERVER, Set.of(), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(Associations.client(ALL), server).run();

    assertThat(handshake.serverState()).isInstanceOf(DtlsState.Failed.class);
  }

  @ParameterizedTest
  @EnumSource(CertificateHash.class)
  void oneMatchingFingerprintIsEnoughWithEveryHash(CertificateHash hash) {
    Fingerprint right = hash.fingerprint(CLIENT.certificate());
    Fingerprint wrong = DtlsIdentity.generate(RANDOM).fingerprint();
    var server = DtlsAssociation.server(SERVER, Set.of(wrong, right), ALL, RANDOM);

    var handshake = SimulatedHandshake.between(Associations.client(ALL), server).run();

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
                Associations.client(List.of(SrtpProfile.AEAD_AES_256_GCM)),
                Associations.server(List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80)))
            .run();

    assertThat(handshake.serverState())
        .isInstanceOfSatisfying(
            DtlsState.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo(DtlsFailure.NO_SRTP_PROFILE));
    assertThat(handshake.clientState()).as("our alert is in clear text").isEqualTo(TIMED_OUT);
  }

  @Test
  void aServerFailsForAClientThatDoesNotOfferUseSrtp() {
    byte[] hello = Associations.client(ALL).start(0).datagrams().getFirst();
    var server = Associations.server(ALL);

    DtlsStep step = server.handleDatagram(withoutUseSrtp(hello), 0);

    assertThat(step.state())
        .isEqualTo(
            new DtlsState.Failed(
                DtlsFailure.NO_SRTP_PROFILE, "the client does not offer use_srtp"));
    assertThat(step.datagrams()).as("the alert").hasSize(1);
    assertThat(step.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aClientSendsItsHelloAgainAfterAHundredMilliseconds() {
    var client = Associations.client(ALL);

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
    assertThat(Associations.ends(thread)).isTrue();
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
  void recordsInDatagramsOfTheirOwnDoNotMakeTheServerRepeatItsFlight() {
    var handshake = new SimulatedHandshake(new Network(0, 0, 0, 4096), 1).run();

    assertThat(handshake.isConnected()).isTrue();
    assertThat(Records.messageTypes(handshake.sentByServer())).containsExactly(2, 11, 12, 13, 14);
  }

  @Test
  void aFlightThatArrivesInReverseNeedsNoRetransmission() {
    var client = Associations.client(ALL);
    var server = Associations.server(ALL);
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
}
