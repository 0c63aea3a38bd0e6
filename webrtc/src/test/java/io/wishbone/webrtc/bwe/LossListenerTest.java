package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a listener hears of packets that were sent in vain.
class LossListenerTest {
  private static final long MILLISECOND = 1_000_000;

  private record Lost(long handle, long sentNanos) {}

  private final BandwidthEstimator estimator = new BandwidthEstimator(BitrateLimits.USUAL);
  private final List<Lost> lost = new ArrayList<>();
  private int feedbacks;

  private int send(long handle, long atMillis) {
    return estimator.onPacketSent(1_000, ProbeCluster.NONE, handle, atMillis * MILLISECOND);
  }

  /// @param arrived whether each packet from `base` on did
  private void report(int base, boolean... arrived) {
    int[] deltas = new int[arrived.length];
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] = arrived[i] ? 1 : ArrivalDeltas.NOT_RECEIVED;
    }
    estimator.onFeedback(
        new TransportFeedback(
            1, 2, base, 100, feedbacks++, ArrivalDeltas.copyOf(deltas, deltas.length)),
        (handle, sentNanos, _) -> lost.add(new Lost(handle, sentNanos)),
        500 * MILLISECOND);
  }

  @Test
  void hearsOfAPacketThatDidNotArriveOnce() {
    int first = send(70, 1);
    send(71, 2);
    send(72, 3);

    report(first, true, false, true);
    report(first, true, false, true);

    assertThat(lost).containsExactly(new Lost(71, 2 * MILLISECOND));
  }

  @Test
  void hearsOfEachSendingOfOnePacket() {
    int first = send(70, 1);
    send(71, 2);
    send(70, 40);
    send(72, 41);

    report(first, false, true, false, true);

    assertThat(lost).containsExactly(new Lost(70, MILLISECOND), new Lost(70, 40 * MILLISECOND));
  }

  @Test
  void doesNotMissAPacketThatWasSentTwiceInARowAndArrivedOnce() {
    int first = send(70, 1);
    send(70, 1);
    send(71, 2);
    send(71, 2);
    send(72, 3);

    report(first, true, false, false, true, true);

    assertThat(lost).isEmpty();
  }

  @Test
  void missesAPacketWhoseCopiesAreBothLost() {
    int first = send(70, 1);
    send(70, 1);
    send(71, 2);

    report(first, false, false, true);

    assertThat(lost).containsExactly(new Lost(70, MILLISECOND));
  }

  @Test
  void doesNotMissACopyThatWasSentLaterThanTheOneThatArrived() {
    int first = send(70, 1);
    send(71, 2);
    send(72, 12);
    send(70, 21);
    send(73, 22);

    report(first, true, true, true, false, true);

    assertThat(lost).isEmpty();
  }

  @Test
  void missesWhatIsSentAgainLongAfterItArrived() {
    int first = send(70, 1);
    send(71, 2);
    send(70, 202);
    send(73, 203);

    report(first, true, true, false, true);

    assertThat(lost).containsExactly(new Lost(70, 202 * MILLISECOND));
  }

  @Test
  void missesACopyWhenTheFeedbackOnTheOtherWasLost() {
    send(70, 1);
    int second = send(70, 1);
    send(71, 2);

    report(second, false, true);

    assertThat(lost).containsExactly(new Lost(70, MILLISECOND));
  }

  @Test
  void hearsNothingOfPaddingAndOfNumbersThatWereNeverSent() {
    int first = send(BandwidthEstimator.NO_HANDLE, 1);
    send(71, 2);

    report(first, false, true, false, false, false);

    assertThat(lost).isEmpty();
  }

  @Test
  void hearsOfWhatWasLostBeforeTheFirstThatArrived() {
    send(70, 1);
    send(71, 2);
    int third = send(72, 3);

    report(third, true);
    assertThat(lost).containsExactly(new Lost(70, MILLISECOND), new Lost(71, 2 * MILLISECOND));
    report(third, true);
    assertThat(lost).as("once").hasSize(2);
  }

  @Test
  void believesNoFirstReportOfWhatWasNotSent() {
    send(70, 1);
    report(9, true);
    report(60_000, true);
    assertThat(lost).isEmpty();
  }
}
