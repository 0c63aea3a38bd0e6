package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A sender that does what it is told, 20 ms later, over a bottleneck with a queue, in simulated
/// time.
class ArrivalEstimatorTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long FRAME_NANOS = SECOND / 30;
  private static final int PACKET = 1_200;
  private static final long QUEUE_NANOS = 300 * MILLISECOND;

  private final ArrivalEstimator estimator =
      new ArrivalEstimator(new BitrateLimits(100_000, 300_000, 20_000_000));
  private final List<Long> told = new ArrayList<>();
  private long now = SECOND;
  private long sent = SECOND;
  private long free;
  private long bitrate;
  private long delivered;
  private long dropped;

  /// @param wish what the sender would send
  private void run(double seconds, long capacity, long wish, SplittableRandom random) {
    long end = sent + (long) (seconds * SECOND);
    while (sent < end) {
      sent += FRAME_NANOS;
      long left = Math.min(wish, bitrate) / 8 / 30;
      long leaves = sent;
      for (; left > 0; left -= PACKET, leaves += 200_000) {
        int size = (int) Math.min(left, PACKET);
        long begins = Math.max(leaves, free);
        if (begins - leaves > QUEUE_NANOS) {
          dropped++;
          continue;
        }
        free = begins + size * 8L * SECOND / capacity;
        arrive(size, leaves, free + random.nextLong(2 * MILLISECOND));
      }
    }
  }

  private void arrive(int size, long leaves, long arrives) {
    while (estimator.nextTimeoutNanos() <= arrives) {
      now = Math.max(now, estimator.nextTimeoutNanos());
      if (estimator.handleTimeout(now)) {
        told.add(estimator.bitrate());
        bitrate = estimator.bitrate();
      }
    }
    now = Math.max(now, arrives);
    delivered += size;
    estimator.onPacket(size, leaves, now);
  }

  @ParameterizedTest
  @CsvSource({"600000", "1500000", "4000000"})
  void settlesNearWhatTheWayCarries(long capacity) {
    for (int seed = 1; seed <= 5; seed++) {
      var test = new ArrivalEstimatorTest();
      test.bitrate = 2 * capacity;
      test.run(10, capacity, 20_000_000, new SplittableRandom(seed));
      long before = test.delivered;
      long droppedBefore = test.dropped;
      test.run(30, capacity, 20_000_000, new SplittableRandom(seed));
      double share = (test.delivered - before) * 8.0 / 30 / capacity;
      System.out.printf(
          "REMB over %d kbit/s, beginning with twice as much: %.0f %% used after ten seconds, %d"
              + " packets dropped since, %d before%n",
          capacity / 1_000, 100 * share, test.dropped - droppedBefore, droppedBefore);
      assertThat(share).isBetween(0.75, 1.0);
      assertThat(test.dropped - droppedBefore).isLessThan(20);
    }
  }

  @Test
  void doesNotTellASenderThatBeginsWithMuchToSendLittle() {
    bitrate = 6_000_000;
    run(3, 50_000_000, 6_000_000, new SplittableRandom(1));
    assertThat(told).isNotEmpty().allMatch(each -> each > 6_000_000);
  }

  @Test
  void followsAWayThatNarrowsAndWidens() {
    var random = new SplittableRandom(2);
    bitrate = 1_000_000;
    run(20, 3_000_000, 20_000_000, random);
    assertThat(estimator.bitrate()).isBetween(1_500_000L, 3_300_000L);
    run(5, 600_000, 20_000_000, random);
    assertThat(estimator.bitrate()).isBetween(300_000L, 650_000L);
    run(40, 3_000_000, 20_000_000, random);
    assertThat(estimator.bitrate()).isGreaterThan(1_500_000);
  }

  @Test
  void saysNothingBeforeAnythingIsKnownAndWhileNothingComes() {
    assertThat(estimator.bitrate()).isEqualTo(-1);
    assertThat(estimator.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
    estimator.onPacket(1_000, 0, SECOND);
    assertThat(estimator.handleTimeout(2 * SECOND)).isFalse();
    assertThat(estimator.bitrate()).isEqualTo(-1);
    assertThat(estimator.nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }
}
