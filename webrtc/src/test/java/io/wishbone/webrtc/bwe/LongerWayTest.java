package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongerWayTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long ARRIVING = 1_200_000;

  private final LongerWay way = new LongerWay();
  private long counted;
  private long longerBy;

  /// A group that came so much later, its first packet too.
  private void group(long millis) {
    group(millis, millis, ARRIVING);
  }

  private void group(long millis, long first, long arriving) {
    counted += way.onGroups(millis * MILLISECOND, first * MILLISECOND, arriving) / MILLISECOND;
    longerBy += way.longerBy() / MILLISECOND;
  }

  @Test
  void doesNotCountASingleJump() {
    group(80);
    group(3);
    group(-5);
    group(4);
    group(0);
    assertThat(longerBy).isEqualTo(80);
    assertThat(counted).as("what came after it").isEqualTo(2);
    group(0);
    assertThat(longerBy).as("once").isEqualTo(80);
  }

  @Test
  void countsWhatGoesOnGrowing() {
    group(33);
    assertThat(counted).as("nobody knows yet").isZero();
    group(33);
    assertThat(counted).isEqualTo(66);
    group(33);
    group(33);
    group(33);
    assertThat(counted).as("at most one is held back").isGreaterThanOrEqualTo(132);
    assertThat(longerBy).isZero();
  }

  @Test
  void countsABurstThatEmptiesAgain() {
    group(100);
    group(-30);
    group(-30);
    group(-30);
    group(-10);
    assertThat(counted).isZero();
    assertThat(longerBy).isZero();
  }

  @Test
  void knowsAQueueThatFillsWithinOneGroup() {
    group(300, 30, ARRIVING);
    for (int i = 0; i < 5; i++) {
      group(0);
    }
    assertThat(counted).isEqualTo(300);
    assertThat(longerBy).isZero();
  }

  @Test
  void knowsThatAPacketTakesLongOnANarrowLink() {
    for (int i = 0; i < 10; i++) {
      group(64, 64, 150_000);
      group(-64, -64, 150_000);
      group(64, 64, 150_000);
      group(0, 0, 150_000);
    }
    assertThat(longerBy).isZero();
    assertThat(counted).isEqualTo(640);
  }

  @Test
  void losesNothingOfWhatItHoldsBack() {
    var random = new SplittableRandom(5);
    long grown = 0;
    for (int i = 0; i < 100_000; i++) {
      long growth = random.nextInt(-60, 61);
      grown += growth;
      group(growth);
    }
    for (int i = 0; i < 10; i++) {
      group(0);
    }
    assertThat(counted + longerBy).isEqualTo(grown);
  }
}
