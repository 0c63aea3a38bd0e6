package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.rtcp.ArrivalDeltas;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether losses come in bursts is told from feedback, whatever share is lost.
class LossRunsTest {
  private static final long MILLISECOND = 1_000_000;
  private static final int IN_A_FEEDBACK = 10;

  /// @param burst how many packets in a row are lost on average, 1 for each by itself
  @ParameterizedTest(name = "{0} % lost in bursts of {1}: {2}")
  @CsvSource({
    "3, 1, false",
    "10, 1, false",
    "30, 1, false",
    "3, 3, true",
    "10, 4, true",
    "20, 4, true",
    "10, 10, true"
  })
  void tellsBurstsFromSingleLosses(int percent, double burst, boolean expected) {
    int right = 0;
    int looks = 0;
    for (long seed = 1; seed <= 50; seed++) {
      var random = new SplittableRandom(seed);
      var estimator = new BandwidthEstimator(BitrateLimits.USUAL);
      double share = percent / 100.0;
      double leave = 1 / burst;
      boolean bad = false;
      for (int feedback = 0; feedback < 600; feedback++) {
        int[] deltas = new int[IN_A_FEEDBACK];
        int base = 0;
        long now = (1_000 + 80L * feedback) * MILLISECOND;
        for (int i = 0; i < IN_A_FEEDBACK; i++) {
          now += 8 * MILLISECOND;
          int number = estimator.onPacketSent(1_000, ProbeCluster.NONE, now);
          base = i == 0 ? number : base;
          double enter = burst == 1 ? share : leave * share / (1 - share);
          bad = bad && burst > 1 ? random.nextDouble() >= leave : random.nextDouble() < enter;
          deltas[i] = bad ? ArrivalDeltas.NOT_RECEIVED : 32;
        }
        estimator.onFeedback(
            new TransportFeedback(
                1, 2, base, 100 + feedback, feedback & 0xFF, ArrivalDeltas.of(deltas)),
            now);
        if (feedback >= 200) {
          looks++;
          right += estimator.losesInBursts() == expected ? 1 : 0;
        }
      }
    }
    assertThat(right).isGreaterThan(looks * 9 / 10);
  }
}
