package io.wishbone.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class ViewerFeedbackTest {
  private final ViewerFeedback feedback = new ViewerFeedback();

  private static ReportBlock report(long ssrc, int fractionLost, int lost, long jitter) {
    return new ReportBlock(ssrc, fractionLost, lost, 1_000, jitter, 0, 0);
  }

  @Test
  void knowsNothingBeforeAReport() {
    assertThat(feedback.fractionLost()).isZero();
    assertThat(feedback.lost()).isZero();
    assertThat(feedback.jitterNanos()).isEqualTo(-1);
    assertThat(feedback.roundTripNanos()).isEqualTo(-1);
  }

  @Test
  void theTrackThatFaresWorstCountsWhateverTheOtherSaysAfterwards() {
    feedback.onReport(report(1, 51, 40, 900), 90_000, 40_000_000);
    feedback.onReport(report(2, 0, 2, 96), 48_000, 41_000_000);

    assertThat(feedback.fractionLost()).isEqualTo(51);
    assertThat(feedback.jitterNanos()).isEqualTo(10_000_000);
    assertThat(feedback.lost()).isEqualTo(42);
    assertThat(feedback.roundTripNanos()).isEqualTo(41_000_000);

    feedback.onReport(report(1, 0, 40, 90), 90_000, 42_000_000);
    assertThat(feedback.fractionLost()).isZero();
    assertThat(feedback.jitterNanos()).isEqualTo(2_000_000);
  }

  @Test
  void duplicatesDoNotMakeUpForLosses() {
    feedback.onReport(report(1, 0, -5, 0), 90_000, -1);
    feedback.onReport(report(2, 0, 7, 0), 48_000, -1);
    assertThat(feedback.lost()).isEqualTo(7);
  }
}
