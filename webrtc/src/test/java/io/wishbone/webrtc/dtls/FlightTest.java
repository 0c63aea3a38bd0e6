package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlightTest {

  private static final byte[] FIRST = Records.handshakeRecord(Records.fragment(2, 80, 0, 0, 80));
  private static final byte[] SECOND =
      Records.handshakeRecord(Records.fragment(11, 300, 1, 0, 300));
  private static final byte[] CHANGE_CIPHER_SPEC =
      Records.record(DtlsRecord.CHANGE_CIPHER_SPEC, 0xfefd, 0, 4, new byte[] {1});
  private static final byte[] FINISHED =
      Records.record(DtlsRecord.HANDSHAKE, 0xfefd, 1, 0, new byte[40]);

  private final OutgoingFlight flight = new OutgoingFlight();
  private final PeerFlights peer = new PeerFlights();

  @Test
  void packsRecordsIntoOneDatagram() {
    flight.begin(false);
    add(FIRST, SECOND, CHANGE_CIPHER_SPEC, FINISHED);

    assertThat(flight.drain())
        .containsExactly(Records.concat(FIRST, SECOND, CHANGE_CIPHER_SPEC, FINISHED));
    assertThat(flight.drain()).isEmpty();
  }

  @Test
  void startsAnotherDatagramWhenOneIsFull() {
    byte[] large = Records.handshakeRecord(Records.fragment(11, 1100, 1, 0, 1100));
    flight.begin(false);
    add(FIRST, large, CHANGE_CIPHER_SPEC);

    assertThat(flight.drain()).containsExactly(FIRST, Records.concat(large, CHANGE_CIPHER_SPEC));
  }

  @Test
  void dropsARepetitionThatNobodyAskedFor() {
    flight.begin(false);
    add(FIRST, SECOND, CHANGE_CIPHER_SPEC, FINISHED);
    flight.drain();

    flight.begin(false);
    add(FIRST, SECOND, CHANGE_CIPHER_SPEC, FINISHED);

    assertThat(flight.drain()).isEmpty();
    assertThat(flight.sentAgain()).isTrue();
    assertThat(flight.sentNew()).isFalse();
  }

  @Test
  void letsARepetitionThroughThatIsWanted() {
    flight.begin(false);
    add(FIRST, CHANGE_CIPHER_SPEC, FINISHED);
    flight.drain();

    flight.begin(true);
    add(FIRST, CHANGE_CIPHER_SPEC, FINISHED);

    assertThat(flight.drain()).containsExactly(Records.concat(FIRST, CHANGE_CIPHER_SPEC, FINISHED));
  }

  @Test
  void theFragmentsOfOneMessageAreNoRepetition() {
    flight.begin(false);
    add(
        Records.handshakeRecord(Records.fragment(11, 300, 1, 0, 200)),
        Records.handshakeRecord(Records.fragment(11, 300, 1, 200, 100)));

    assertThat(flight.sentAgain()).isFalse();
  }

  @Test
  void aPeerThatGoesOnDoesNotRepeatItself() {
    assertThat(peer.isRepeated(numbered(FIRST, 0))).isFalse();
    assertThat(peer.isRepeated(numbered(SECOND, 1))).isFalse();
    assertThat(peer.isRepeated(numbered(CHANGE_CIPHER_SPEC, 2))).isFalse();
  }

  @Test
  void aDatagramThatWasDoubledIsNoRepetition() {
    peer.isRepeated(numbered(FIRST, 0));
    peer.isRepeated(numbered(SECOND, 1));

    assertThat(peer.isRepeated(numbered(SECOND, 1))).isFalse();
    assertThat(peer.isRepeated(numbered(FIRST, 0))).isFalse();
  }

  @Test
  void aMessageUnderANewRecordNumberIsARepetition() {
    peer.isRepeated(numbered(FIRST, 0));
    peer.isRepeated(numbered(SECOND, 1));

    assertThat(peer.isRepeated(numbered(FIRST, 2))).isTrue();
  }

  @Test
  void theRetransmissionIntervalDoublesUpToALimitAndStartsAnewWithAFlight() {
    var timer = new RetransmissionTimer();
    assertThat(timer.dueNanos()).isEqualTo(Long.MAX_VALUE);

    timer.flightSent(0);
    assertThat(timer.dueNanos()).isEqualTo(100_000_000);
    for (long interval : List.of(200L, 400L, 800L, 1600L, 1600L)) {
      timer.backOff(0);
      assertThat(timer.dueNanos()).isEqualTo(interval * 1_000_000);
    }
    timer.flightSent(0);

    assertThat(timer.dueNanos()).isEqualTo(100_000_000);
  }

  private void add(byte[]... records) {
    for (byte[] record : records) {
      flight.add(record, 0, record.length);
    }
  }

  private static byte[] numbered(byte[] record, int sequence) {
    byte[] copy = record.clone();
    copy[10] = (byte) sequence;
    return copy;
  }
}
