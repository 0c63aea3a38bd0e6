package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BystanderTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long WISH = 1_800_000;

  private final Bystander bystander = new Bystander();
  private long now = 1_000 * MILLISECOND;
  private long arriving = -1;

  /// Packets every 10 ms.
  private void pass(double seconds, long sent, long arrived) {
    for (int i = 0; i < seconds * 100; i++) {
      now += 10 * MILLISECOND;
      bystander.onSent((int) (sent / 800), now);
      bystander.onArrived((int) (arrived / 800), now);
    }
  }

  private double floor(double estimate) {
    return bystander.floor(estimate, WISH, arriving, now);
  }

  @Test
  void fallsHalfwayToWhatIsSentWhereThatIsFarLess() {
    pass(3, 300_000, 300_000);
    assertThat(floor(1_500_000)).isCloseTo(900_000, within(10_000.0));
  }

  @Test
  void fallsALittleBelowWhatIsSentWhereThatIsLittle() {
    pass(3, 300_000, 300_000);
    assertThat(floor(330_000)).isCloseTo(270_000, within(5_000.0));
  }

  @Test
  void isNoneWhereMuchIsSent() {
    pass(3, 800_000, 800_000);
    assertThat(floor(900_000)).isZero();
  }

  @Test
  void isNoneWhereMuchOfItDoesNotArrive() {
    pass(3, 300_000, 300_000);
    pass(2, 300_000, 150_000);
    assertThat(floor(1_500_000)).isZero();
    assertThat(floor(330_000)).isZero();
  }

  @Test
  void staysOneWhileSomebodysKeyframePasses() {
    pass(3, 300_000, 300_000);
    pass(0.25, 300_000, 100_000);
    assertThat(floor(330_000)).isCloseTo(270_000, within(5_000.0));
  }

  @Test
  void fallsByHalfAtMostWhereOnlyALittleArrives() {
    pass(3, 300_000, 300_000);
    pass(2, 300_000, 150_000);
    arriving = 150_000;
    assertThat(floor(1_500_000)).isEqualTo(750_000);
    assertThat(floor(200_000)).isZero();
    assertThat(bystander.isOne(WISH, now)).isFalse();
  }

  @Test
  void isNotKnownAtFirst() {
    pass(0.9, 300_000, 300_000);
    assertThat(floor(1_500_000)).isZero();
  }
}
