package io.wishbone.webrtc.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.SenderReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceptionStatisticsTest {

  private static final long SSRC = 0xDEADBEEFL;
  private static final int CLOCK_RATE = 90_000;
  private static final long MILLISECOND = 1_000_000;

  private final ReceptionStatistics statistics = new ReceptionStatistics(SSRC, CLOCK_RATE);
  private long now = 5_000 * MILLISECOND;

  @Test
  void saysNothingBeforeTheFirstPacket() {
    assertThat(statistics.isStarted()).isFalse();
    assertThat(statistics.expected()).isZero();
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.report(now).fractionLost()).isZero();
  }

  @Test
  void reportsACompleteStream() {
    receive(65_530, 65_531, 65_532, 65_533, 65_534, 65_535, 0, 1);
    assertThat(statistics.report(now)).isEqualTo(new ReportBlock(SSRC, 0, 0, 0x1_0001, 0, 0, 0));
    assertThat(statistics.expected()).isEqualTo(8);
    assertThat(statistics.received()).isEqualTo(8);
  }

  @Test
  void reportsTheFractionLostSinceTheReportBefore() {
    receive(100, 101, 103);
    assertThat(statistics.report(now).fractionLost()).isEqualTo(256 / 4);
    receive(104, 107);
    ReportBlock second = statistics.report(now);
    assertThat(second.fractionLost()).isEqualTo(256 * 2 / 4);
    assertThat(second.cumulativeLost()).isEqualTo(3);
    receive(108);
    assertThat(statistics.report(now).fractionLost()).isZero();
    assertThat(statistics.report(now).fractionLost()).isZero();
  }

  @Test
  void neverReportsMoreThanTwoHundredFiftyFiveTwoHundredFiftySixths() {
    receive(0);
    statistics.report(now);
    receive(2_500);
    assertThat(statistics.report(now).fractionLost()).isEqualTo(255);
  }

  @Test
  void takesLossBackWhenLatePacketsArrive() {
    receive(10, 12);
    assertThat(statistics.cumulativeLost()).isEqualTo(1);
    receive(11);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.highestSequence()).isEqualTo(12);
  }

  @Test
  void countsDuplicatesAsNegativeLoss() {
    receive(10, 11, 11, 10);
    ReportBlock report = statistics.report(now);
    assertThat(report.cumulativeLost()).isEqualTo(-2);
    assertThat(report.fractionLost()).isZero();
  }

  @Test
  void placesALatePacketBeforeTheWrap() {
    receive(65_534, 0, 65_535);
    assertThat(statistics.highestSequence()).isEqualTo(0x1_0000);
    assertThat(statistics.cumulativeLost()).isZero();
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource({
    "1000, 3999, true",
    "1000, 4000, false",
    "1000, 901, true",
    "1000, 900, false",
    "65000, 2463, true",
    "65000, 2464, false",
  })
  void doesNotCountANumberThatIsFarOff(int first, int second, boolean counted) {
    receive(first);
    assertThat(statistics.onPacket(second, 0, now)).isEqualTo(counted);
    assertThat(statistics.received()).isEqualTo(counted ? 2 : 1);
  }

  @Test
  void startsAnewWhenTwoFarOffPacketsFollowEachOther() {
    receive(1_000, 1_001, 1_005);
    assertThat(statistics.onPacket(40_000, 0, now)).isFalse();
    assertThat(statistics.onPacket(40_001, 0, now)).isTrue();
    receive(40_002);
    assertThat(statistics.report(now).highestSequence()).isEqualTo(40_002);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.expected()).isEqualTo(2);
  }

  @Test
  void survivesSinglePacketsFromFarOff() {
    receive(1_000);
    for (int i = 0; i < 20; i++) {
      assertThat(statistics.onPacket(30_000 + 100 * i, 0, now)).isFalse();
    }
    receive(1_001);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.received()).isEqualTo(2);
  }

  @Test
  void measuresNoJitterWhenPacketsComeAsTheyWereSent() {
    for (int i = 0; i < 100; i++) {
      statistics.onPacket(i, 3_000L * i & 0xFFFF_FFFFL, now + i * 100 * MILLISECOND / 3);
    }
    assertThat(statistics.jitter()).isZero();
  }

  @Test
  void approachesTheJitterThatThereIs() {
    for (int i = 0; i < 1_000; i++) {
      long late = i % 2 == 0 ? 0 : 10 * MILLISECOND;
      statistics.onPacket(i, 1_800L * i, now + i * 20 * MILLISECOND + late);
    }
    assertThat(statistics.jitter()).isBetween(890L, 900L); // 10 ms at 90 kHz
  }

  @Test
  void measuresJitterAcrossTheWrapOfTheTimestamp() {
    for (int i = 0; i < 100; i++) {
      statistics.onPacket(i, 0xFFFF_0000L + 1_800L * i & 0xFFFF_FFFFL, now + i * 20 * MILLISECOND);
    }
    assertThat(statistics.jitter()).isZero();
  }

  @Test
  void takesNoDuplicateForJitter() {
    statistics.onPacket(1, 0, now);
    statistics.onPacket(1, 0, now + 100 * MILLISECOND);
    assertThat(statistics.jitter()).isZero();
  }

  @Test
  void takesNeitherRetransmissionsNorJumpsForJitter() {
    statistics.onPacket(1, 0, now);
    statistics.onPacket(3, 3_600, now + 40 * MILLISECOND);
    statistics.onPacket(2, 1_800, now + 240 * MILLISECOND);
    statistics.onPacket(4, 0x8000_0000L, now + 241 * MILLISECOND);
    assertThat(statistics.jitter()).isZero();
  }

  @Test
  void namesTheLastSenderReportAndTheDelaySince() {
    receive(1);
    statistics.onSenderReport(
        new SenderReport(SSRC, 0xE8F1D4A1_80001234L, 0, 0, 0, List.of()), now);
    ReportBlock report = statistics.report(now + 1_500 * MILLISECOND);
    assertThat(report.lastSenderReport()).isEqualTo(0xD4A18000L);
    assertThat(report.delaySinceLastSenderReport()).isEqualTo(0x1_8000);
  }

  @Test
  void boundsTheDelaySinceTheLastSenderReport() {
    statistics.onSenderReport(new SenderReport(SSRC, -1, 0, 0, 0, List.of()), now);
    long days = 3L * 24 * 3600 * 1000 * MILLISECOND;
    assertThat(statistics.report(now + days).delaySinceLastSenderReport()).isEqualTo(0xFFFF_FFFFL);
    assertThat(statistics.report(now - days).delaySinceLastSenderReport()).isZero();
  }

  private void receive(int... sequenceNumbers) {
    for (int sequenceNumber : sequenceNumbers) {
      assertThat(statistics.onPacket(sequenceNumber, 0, now)).isTrue();
    }
  }
}
