package io.wishbone.signaling.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  @Test
  void letsABurstThroughAndThenAsManyASecondAsItIsTold() {
    RateLimiter limiter = limiter(10, 50, 1);
    assertThat(accepted(limiter, 7, 1000, 0)).isEqualTo(50);
    assertThat(accepted(limiter, 7, 1000, SECOND)).isEqualTo(10);
    assertThat(accepted(limiter, 7, 1000, SECOND)).isZero();
    assertThat(accepted(limiter, 7, 1000, 3 * SECOND)).isEqualTo(20);
  }

  @Test
  void isFullAgainAfterAWhile() {
    RateLimiter limiter = limiter(10, 50, 1);
    assertThat(accepted(limiter, 7, 1000, 0)).isEqualTo(50);
    assertThat(accepted(limiter, 7, 1000, 3600 * SECOND)).isEqualTo(50);
  }

  @Test
  void saysHowLongToWait() {
    RateLimiter limiter = limiter(1, 1, 1);
    assertThat(limiter.acquire(7, 0)).isZero();
    Duration wait = limiter.acquire(7, SECOND / 4);
    assertThat(wait).isEqualTo(Duration.ofMillis(750));
    assertThat(limiter.acquire(7, SECOND / 4 + wait.toNanos())).isZero();
  }

  @Test
  void asksNothingOfThoseWhoAreRefused() {
    RateLimiter limiter = limiter(1, 1, 1);
    assertThat(accepted(limiter, 7, 1_000_000, 0)).isEqualTo(1);
    assertThat(limiter.acquire(7, SECOND)).isZero();
  }

  @Test
  void countsEachKeyByItself() {
    RateLimiter limiter = limiter(1, 5, 1);
    assertThat(accepted(limiter, 7, 100, 0)).isEqualTo(5);
    assertThat(accepted(limiter, 8, 100, 0)).isEqualTo(5);
  }

  @Test
  void worksWhereTheClockIsNegative() {
    var limiter = new RateLimiter(1, 2, new Random(1), Long.MIN_VALUE + 5);
    assertThat(accepted(limiter, 7, 100, Long.MIN_VALUE + 5)).isEqualTo(2);
  }

  @Test
  void disturbsNearlyNobodyWhileThousandsUseUpTheirs() {
    RateLimiter limiter = limiter(10, 100, 42);
    LongStream.range(0, 2_000).forEach(key -> accepted(limiter, key, 200, 0));
    long undisturbed =
        LongStream.range(1_000_000, 1_001_000)
            .filter(key -> limiter.acquire(key, 0).isZero())
            .count();
    System.out.println("with 2000 abusers, " + undisturbed + " of 1000 others are let in");
    assertThat(undisturbed).isGreaterThanOrEqualTo(998);
  }

  @Test
  void isExactWhenThreadsShareAKey() throws InterruptedException {
    RateLimiter limiter = limiter(1, 1000, 1);
    var accepted = new AtomicInteger();
    var threads =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                Thread.ofVirtual().start(() -> accepted.addAndGet(accepted(limiter, 7, 1000, 0))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(accepted.get()).isEqualTo(1000);
  }

  /// What matters for safety: whatever others do, nobody gets more than their share.
  @Property(tries = 200)
  void neverGivesAKeyMoreThanItsShare(
      @ForAll @IntRange(min = 1, max = 100) int perSecond,
      @ForAll @IntRange(min = 1, max = 200) int burst,
      @ForAll long seed) {
    RateLimiter limiter = limiter(perSecond, burst, seed);
    var random = new Random(seed);
    int given = 0;
    long now = 0;
    for (int i = 0; i < 2000; i++) {
      now += random.nextLong(SECOND / 50);
      limiter.acquire(random.nextLong(), now);
      given += limiter.acquire(7, now).isZero() ? 1 : 0;
      assertThat(given).isLessThanOrEqualTo(burst + (int) (now * perSecond / SECOND) + 1);
    }
  }

  private static RateLimiter limiter(int perSecond, int burst, long seed) {
    return new RateLimiter(perSecond, burst, new Random(seed), 0);
  }

  private static int accepted(RateLimiter limiter, long key, int attempts, long now) {
    return (int)
        IntStream.range(0, attempts).filter(_ -> limiter.acquire(key, now).isZero()).count();
  }
}
