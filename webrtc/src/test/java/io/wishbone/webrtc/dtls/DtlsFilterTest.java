package io.wishbone.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsFilterTest {

  private static final int CLIENT_HELLO = 1;
  private static final int CERTIFICATE = 11;
  private static final int FINISHED = 20;

  private final DtlsFilter filter = new DtlsFilter();

  @Test
  void admitsAWholeMessage() {
    assertThat(admits(Records.handshakeRecord(hello(0)))).isTrue();
  }

  @Test
  void admitsSeveralRecordsAndSeveralMessagesInARecord() {
    byte[] first = Records.handshakeRecord(hello(0), Records.fragment(CERTIFICATE, 300, 1, 0, 300));
    byte[] second = Records.handshakeRecord(Records.fragment(16, 66, 2, 0, 66));
    byte[] third = Records.record(DtlsRecord.CHANGE_CIPHER_SPEC, 0xfefd, 0, 3, new byte[] {1});
    byte[] fourth = Records.record(DtlsRecord.HANDSHAKE, 0xfefd, 1, 0, new byte[48]);

    assertThat(admits(Records.concat(first, second, third, fourth))).isTrue();
  }

  @Test
  void admitsARangeInTheMiddleOfABuffer() {
    byte[] record = Records.handshakeRecord(hello(0));
    byte[] padded = new byte[record.length + 20];
    System.arraycopy(record, 0, padded, 7, record.length);

    assertThat(filter.admits(ByteBuffer.wrap(padded), 7, record.length)).isTrue();
    assertThat(filter.admits(ByteBuffer.wrap(padded), 7, record.length + 1)).isFalse();
    assertThat(filter.admits(ByteBuffer.wrap(padded), 8, record.length)).isFalse();
  }

  @Test
  void rejectsRangesOutsideOfTheBuffer() {
    ByteBuffer buffer = ByteBuffer.wrap(Records.handshakeRecord(hello(0)));
    int length = buffer.limit();

    assertThat(filter.admits(buffer, 0, length + 1)).isFalse();
    assertThat(filter.admits(buffer, -1, length)).isFalse();
    assertThat(filter.admits(buffer, 1, length)).isFalse();
    assertThat(filter.admits(buffer, 0, -1)).isFalse();
    assertThat(filter.admits(buffer, 0, 0)).isFalse();
    assertThat(filter.admits(buffer, Integer.MAX_VALUE, Integer.MAX_VALUE)).isFalse();
  }

  @Test
  void rejectsEveryTruncation() {
    byte[] record = Records.handshakeRecord(hello(0));
    for (int length = 0; length < record.length; length++) {
      assertThat(admits(Arrays.copyOf(record, length))).as("%d bytes", length).isFalse();
    }
  }

  @Test
  void rejectsTrailingBytes() {
    byte[] record = Records.handshakeRecord(hello(0));
    for (int more = 1; more < 30; more++) {
      assertThat(admits(Arrays.copyOf(record, record.length + more))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 24, 25, 26, 63, 128, 255})
  void rejectsOtherContentTypes(int contentType) {
    assertThat(admits(Records.record(contentType, 0xfefd, 0, 0, hello(0)))).isFalse();
    assertThat(admits(Records.record(contentType, 0xfefd, 1, 0, new byte[40]))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0303, 0xfefe, 0xfefc, 0x0100, 0xfdfd})
  void rejectsOtherVersions(int version) {
    assertThat(admits(Records.record(DtlsRecord.HANDSHAKE, version, 0, 0, hello(0)))).isFalse();
  }

  @Test
  void rejectsEpochsThatNoHandshakeReaches() {
    assertThat(admits(Records.record(DtlsRecord.HANDSHAKE, 0xfefd, 2, 0, hello(0)))).isFalse();
    assertThat(admits(Records.record(DtlsRecord.ALERT, 0xfefd, 0xffff, 0, new byte[2]))).isFalse();
  }

  @Test
  void rejectsWhatHasNoBusinessInClearText() {
    assertThat(admits(Records.record(DtlsRecord.APPLICATION_DATA, 0xfefd, 0, 0, new byte[40])))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(FINISHED, 12, 4, 0, 12)))).isFalse();
    assertThat(admits(Records.record(DtlsRecord.ALERT, 0xfefd, 0, 0, new byte[2]))).isFalse();
    assertThat(admits(Records.record(DtlsRecord.CHANGE_CIPHER_SPEC, 0xfefd, 0, 0, new byte[2])))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 17, 19, 24, 31, 32, 64, 254, 255})
  void rejectsUnknownMessages(int type) {
    assertThat(admits(Records.handshakeRecord(Records.fragment(type, 10, 0, 0, 10)))).isFalse();
  }

  @Test
  void rejectsDeclaredLengthsAboveTheLimit() {
    int limit = DtlsFilter.MAX_MESSAGE;

    assertThat(admits(Records.handshakeRecord(Records.fragment(CERTIFICATE, limit + 1, 1, 0, 9))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(CERTIFICATE, 0xffffff, 2, 0, 9))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(CERTIFICATE, limit, 3, 0, 9))))
        .isTrue();
  }

  @Test
  void rejectsFragmentsBeyondTheEndOfTheirMessage() {
    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 100, 0, 91, 10))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 9, 0, 0xffffff, 10))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 100, 0, 90, 10))))
        .isTrue();
  }

  @Test
  void rejectsEmptyFragmentsOfMessagesThatAreNot() {
    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 100, 0, 0, 0))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(14, 0, 5, 0, 0)))).isTrue();
  }

  @Test
  void rejectsMessagesOutsideOfTheWindow() {
    assertThat(admits(Records.handshakeRecord(hello(DtlsFilter.MESSAGE_WINDOW)))).isFalse();
    assertThat(admits(Records.handshakeRecord(hello(0xffff)))).isFalse();
    assertThat(admits(Records.handshakeRecord(hello(DtlsFilter.MESSAGE_WINDOW - 1)))).isTrue();
  }

  @Test
  void rejectsAnotherLengthForTheSameMessage() {
    admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 1000, 0, 0, 500)));

    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 999, 0, 500, 100))))
        .isFalse();
    assertThat(admits(Records.handshakeRecord(Records.fragment(CLIENT_HELLO, 1000, 0, 500, 500))))
        .isTrue();
  }

  @Test
  void boundsTheSumOfDeclaredLengths() {
    int declared = 0;
    for (int sequence = 0; sequence < DtlsFilter.MESSAGE_WINDOW; sequence++) {
      byte[] fragment = Records.fragment(CERTIFICATE, 5000, sequence, 0, 1);
      declared += admits(Records.handshakeRecord(fragment)) ? 5000 : 0;
    }

    assertThat(declared).isPositive().isLessThanOrEqualTo(DtlsFilter.MAX_DECLARED);
  }

  @Test
  void boundsTheNumberOfFragments() {
    int admitted = 0;
    for (int i = 0; i < 2 * DtlsFilter.MAX_FRAGMENTS; i++) {
      byte[] fragment = Records.fragment(CERTIFICATE, 5000, 1, 2 * i, 1);
      admitted += admits(Records.handshakeRecord(fragment)) ? 1 : 0;
    }

    assertThat(admitted).isEqualTo(DtlsFilter.MAX_FRAGMENTS);
  }

  @Test
  void boundsTheBytesInClearText() {
    byte[] datagram = Records.handshakeRecord(Records.fragment(CERTIFICATE, 1500, 1, 0, 1500));
    int bytes = 0;
    for (int i = 0; i < 200; i++) {
      bytes += admits(datagram) ? datagram.length : 0;
    }

    assertThat(bytes).isBetween(DtlsFilter.MAX_CLEAR_BYTES / 2, DtlsFilter.MAX_CLEAR_BYTES);
  }

  @Test
  void whatIsEncryptedIsNotCounted() {
    for (int i = 0; i < 1000; i++) {
      admits(Records.handshakeRecord(Records.fragment(CERTIFICATE, 1500, 1, 0, 1500)));
    }

    assertThat(admits(Records.handshakeRecord(hello(0)))).isFalse();
    assertThat(admits(Records.record(DtlsRecord.ALERT, 0xfefd, 1, 1, new byte[26]))).isTrue();
  }

  private boolean admits(byte[] datagram) {
    return filter.admits(ByteBuffer.wrap(datagram), 0, datagram.length);
  }

  private static byte[] hello(int sequence) {
    return Records.fragment(CLIENT_HELLO, 200, sequence, 0, 200);
  }
}
