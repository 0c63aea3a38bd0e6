package io.wishbone.webrtc.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class RoundTripTimeTest {

  private static final long MILLISECOND = 1_000_000;
  private static final NtpTime ANY_CLOCK = new NtpTime(0x12345678_9ABCDEF0L);

  private final RoundTripTime roundTrip = new RoundTripTime();

  @Test
  void isUnknownAtFirst() {
    assertThat(roundTrip.latestNanos()).isEqualTo(-1);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(-1);
  }

  @Test
  void subtractsTheTimeThatTheReceiverHeldTheReport() {
    roundTrip.onReportSent(ANY_CLOCK, 0);
    assertThat(roundTrip.onReportBlock(block(ANY_CLOCK, 0x8000), 540 * MILLISECOND)).isTrue();
    assertThat(roundTrip.latestNanos()).isEqualTo(40 * MILLISECOND);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(40 * MILLISECOND);
  }

  @Test
  void smoothesTheMeasurements() {
    measure(ANY_CLOCK, 0, 40);
    measure(ANY_CLOCK.plusNanos(1_000 * MILLISECOND), 1_000, 120);
    assertThat(roundTrip.latestNanos()).isEqualTo(120 * MILLISECOND);
    assertThat(roundTrip.smoothedNanos()).isEqualTo(50 * MILLISECOND);
  }

  @Test
  void ignoresBlocksThatNameNoReportOfOurs() {
    roundTrip.onReportSent(ANY_CLOCK, 0);
    assertThat(roundTrip.onReportBlock(block(ANY_CLOCK.plusNanos(MILLISECOND), 0), 5)).isFalse();
    assertThat(roundTrip.onReportBlock(block(new NtpTime(0), 0), 5)).isFalse();
    assertThat(roundTrip.latestNanos()).isEqualTo(-1);
  }

  @Test
  void ignoresADelayThatCannotBe() {
    roundTrip.onReportSent(ANY_CLOCK, 0);
    assertThat(roundTrip.onReportBlock(block(ANY_CLOCK, 0xFFFF_FFFFL), MILLISECOND)).isFalse();
    assertThat(roundTrip.latestNanos()).isEqualTo(-1);
  }

  @Test
  void remembersTheLatestEightReports() {
    for (int i = 0; i < 9; i++) {
      roundTrip.onReportSent(ANY_CLOCK.plusNanos(i * 1_000 * MILLISECOND), i * 1_000 * MILLISECOND);
    }
    long now = 9_000 * MILLISECOND;
    assertThat(roundTrip.onReportBlock(block(ANY_CLOCK, 0), now)).isFalse();
    assertThat(roundTrip.onReportBlock(block(ANY_CLOCK.plusNanos(1_000 * MILLISECOND), 0), now))
        .isTrue();
    assertThat(roundTrip.latestNanos()).isEqualTo(8_000 * MILLISECOND);
  }

  private void measure(NtpTime ntp, long sentMilliseconds, long roundTripMilliseconds) {
    roundTrip.onReportSent(ntp, sentMilliseconds * MILLISECOND);
    long back = (sentMilliseconds + roundTripMilliseconds) * MILLISECOND;
    assertThat(roundTrip.onReportBlock(block(ntp, 0), back)).isTrue();
  }

  private static ReportBlock block(NtpTime last, long delay) {
    return new ReportBlock(1, 0, 0, 0, 0, last.middle(), delay);
  }
}
