package io.wishbone.node.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ReportBlock;
import org.junit.jupiter.api.Test;

class ViewerFeedbackTest {
  private static final long SECOND = 1_000_000_000L;

  private final ViewerFeedback feedback = new ViewerFeedback();

  private static ReportBlock report(long ssrc, int lost, long highest, long jitter) {
    return new ReportBlock(ssrc, 0, lost, highest, jitter, 0, 0);
  }

  @Test
  void knowsNothingBeforeAReport() {
    assertThat(feedback.lostShare(0)).isZero();
    assertThat(feedback.lost()).isZero();
    assertThat(feedback.jitterNanos()).isEqualTo(-1);
    assertThat(feedback.roundTripNanos()).isEqualTo(-1);
  }

  @Test
  void theTrackThatFaresWorstCountsWhateverTheOtherSaysAfterwards() {
    feedback.onReport(report(1, 0, 1_000, 0), 90_000, -1, 0);
    feedback.onReport(report(2, 0, 1_000, 0), 48_000, -1, 0);
    feedback.onReport(report(1, 40, 1_200, 900), 90_000, 40_000_000, SECOND);
    feedback.onReport(report(2, 2, 1_200, 96), 48_000, 41_000_000, SECOND);

    assertThat(feedback.lostShare(SECOND)).isEqualTo(0.2);
    assertThat(feedback.jitterNanos()).isEqualTo(10_000_000);
    assertThat(feedback.lost()).isEqualTo(42);
    assertThat(feedback.roundTripNanos()).isEqualTo(41_000_000);

    feedback.onReport(report(1, 40, 1_400, 90), 90_000, 42_000_000, 2 * SECOND);
    assertThat(feedback.lostShare(2 * SECOND)).isEqualTo(0.1);
    assertThat(feedback.lostShare(13 * SECOND)).as("nothing was heard since").isZero();
    assertThat(feedback.jitterNanos()).isEqualTo(2_000_000);
  }

  @Test
  void duplicatesDoNotMakeUpForLosses() {
    feedback.onReport(report(1, -5, 1_000, 0), 90_000, -1, 0);
    feedback.onReport(report(2, 7, 1_000, 0), 48_000, -1, 0);
    assertThat(feedback.lost()).isEqualTo(7);
  }
}
