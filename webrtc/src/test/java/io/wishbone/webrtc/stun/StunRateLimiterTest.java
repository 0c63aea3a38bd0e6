package io.wishbone.webrtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StunRateLimiterTest {

  private static final long SECOND = 1_000_000_000L;

  private final InetSocketAddress flooder = new InetSocketAddress("192.0.2.1", 1000);

  @Test
  void admitsABurstAndThenTheRate() {
    TokenBucket bucket = new TokenBucket(10, 5);

    assertThat(taken(bucket, 100, 0)).isEqualTo(5);
    assertThat(taken(bucket, 100, SECOND / 10)).isEqualTo(1);
    assertThat(taken(bucket, 100, SECOND / 10)).isZero();
    assertThat(taken(bucket, 100, 3600 * SECOND)).as("full again, not fuller").isEqualTo(5);
  }

  @Test
  void worksWithAClockThatBeganBelowZero() {
    TokenBucket bucket = new TokenBucket(10, 5);

    assertThat(taken(bucket, 100, -5 * SECOND)).isEqualTo(5);
    assertThat(taken(bucket, 100, -4 * SECOND)).isEqualTo(5);
  }

  @Test
  void limitsEachSourceByItself() {
    StunRateLimiter limiter = new StunRateLimiter(1024, 10, 5, new Random(1));
    int admitted = 0;
    for (int i = 0; i < 1000; i++) {
      admitted += limiter.admits(flooder, 0) ? 1 : 0;
    }
    assertThat(admitted).isEqualTo(5);
    assertThat(limiter.admits(new InetSocketAddress("192.0.2.1", 1001), 0)).isTrue();
    assertThat(limiter.admits(new InetSocketAddress("192.0.2.2", 1000), 0)).isTrue();
    assertThat(limiter.admits(new InetSocketAddress("2001:db8::1", 1000), 0)).isTrue();
  }

  @Test
  void hardlyEverPunishesAnotherSource() {
    StunRateLimiter limiter = new StunRateLimiter(65_536, 10, 1, new Random(2));
    for (int port = 1; port <= 1000; port++) {
      limiter.admits(new InetSocketAddress("192.0.2.1", port), 0);
    }
    int refused = 0;
    for (int port = 1; port <= 1000; port++) {
      refused += limiter.admits(new InetSocketAddress("198.51.100.7", port), 0) ? 0 : 1;
    }
    // 1.5 % of the slots are drained, so about 15; a poor hash would give hundreds.
    assertThat(refused).isLessThan(60);
  }

  @Test
  void boundsWhatAFloodFromManySourcesGetsThrough() {
    StunRateLimiter limiter = new StunRateLimiter(256, 10, 2, new Random(3));
    Random random = new Random(4);
    int admitted = 0;
    for (int i = 0; i < 100_000; i++) {
      InetSocketAddress source =
          new InetSocketAddress("10.0.0." + i % 256, 1 + random.nextInt(60_000));
      admitted += limiter.admits(source, SECOND * i / 100_000) ? 1 : 0;
    }
    assertThat(admitted).isLessThanOrEqualTo(256 * (2 + 10));
  }

  private static int taken(TokenBucket bucket, int wanted, long nowNanos) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += bucket.take(nowNanos) ? 1 : 0;
    }
    return taken;
  }
}
