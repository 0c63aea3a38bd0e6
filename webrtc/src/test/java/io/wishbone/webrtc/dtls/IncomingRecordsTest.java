package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncomingRecordsTest {

  private static final byte[] CERTIFICATE_VERIFY =
      Records.handshakeRecord(Records.fragment(15, 80, 3, 0, 80));
  private static final byte[] CHANGE_CIPHER_SPEC =
      Records.record(DtlsRecord.CHANGE_CIPHER_SPEC, 0xfefd, 0, 4, new byte[] {1});
  private static final byte[] FINISHED =
      Records.record(DtlsRecord.HANDSHAKE, 0xfefd, 1, 0, new byte[40]);

  private final IncomingRecords records = new IncomingRecords();

  @Test
  void takesADatagramApart() {
    records.add(Records.concat(CERTIFICATE_VERIFY, CHANGE_CIPHER_SPEC, FINISHED));

    assertThat(records.next(false)).isEqualTo(CERTIFICATE_VERIFY);
    assertThat(records.next(true)).isEqualTo(CHANGE_CIPHER_SPEC);
    assertThat(records.next(true)).isEqualTo(FINISHED);
    assertThat(records.next(true)).isNull();
  }

  @Test
  void holdsTheEndOfAFlightBackUntilTheRestIsComplete() {
    records.add(Records.concat(CHANGE_CIPHER_SPEC, FINISHED));
    assertThat(records.next(false)).isNull();

    records.add(CERTIFICATE_VERIFY);

    assertThat(records.next(false)).isEqualTo(CERTIFICATE_VERIFY);
    assertThat(records.next(true)).isEqualTo(CHANGE_CIPHER_SPEC);
    assertThat(records.next(true)).isEqualTo(FINISHED);
  }

  @Test
  void holdsFinishedBackUntilTheCipherChanges() {
    records.add(FINISHED);
    assertThat(records.next(true)).isNull();

    records.add(CHANGE_CIPHER_SPEC);

    assertThat(records.next(true)).isEqualTo(CHANGE_CIPHER_SPEC);
    assertThat(records.next(true)).isEqualTo(FINISHED);
  }

  @Test
  void changesTheCipherOnce() {
    records.add(Records.concat(CHANGE_CIPHER_SPEC, CHANGE_CIPHER_SPEC));
    assertThat(records.next(true)).isEqualTo(CHANGE_CIPHER_SPEC);

    records.add(CHANGE_CIPHER_SPEC);

    assertThat(records.next(true)).isNull();
  }

  @Test
  void holdsFewRecordsBack() {
    for (int i = 0; i < 1000; i++) {
      records.add(FINISHED);
      assertThat(records.next(false)).isNull();
    }
    records.add(CHANGE_CIPHER_SPEC);

    int given = 0;
    while (records.next(true) != null) {
      given++;
    }
    assertThat(given).isBetween(2, 10);
  }
}
