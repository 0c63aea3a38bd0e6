package io.wishbone.node.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QualityChoiceTest {
  private static final int HIGH = 0;
  private static final int MIDDLE = 1;
  private static final int LOW = 2;
  private static final long SECOND = 1_000_000_000L;

  private final Qualities qualities = new Qualities();
  private final QualityChoice choice = new QualityChoice();
  private long now = SECOND;

  QualityChoiceTest() {
    qualities.add(HIGH, 1_500_000);
    qualities.add(LOW, 150_000);
    qualities.add(MIDDLE, 500_000);
  }

  /// The choice after so long with so much room.
  private int after(double seconds, long room) {
    long end = now + (long) (seconds * SECOND);
    int chosen = choice.current();
    while (now < end) {
      now += SECOND / 20;
      chosen = choice.choose(qualities, room, now);
    }
    return chosen;
  }

  @Test
  void beginsWithTheBestThatFits() {
    assertThat(choice.choose(qualities, 960_000, now)).isEqualTo(MIDDLE);
  }

  @Test
  void takesTheLeastWhenNothingFits() {
    assertThat(choice.choose(qualities, 50_000, now)).isEqualTo(LOW);
  }

  @Test
  void descendsAtOnceAndAscendsAfterAWhile() {
    assertThat(after(1, 4_000_000)).isEqualTo(HIGH);
    assertThat(after(0.05, 400_000)).isEqualTo(LOW);
    assertThat(after(0.3, 4_000_000)).isEqualTo(LOW);
    assertThat(after(0.4, 4_000_000)).isEqualTo(HIGH);
  }

  @Test
  void staysForAWhileWhereItNearlyFits() {
    after(1, 4_000_000);
    assertThat(after(1.4, 1_300_000)).isEqualTo(HIGH);
    assertThat(after(0.2, 1_450_000)).as("the queue was a passing one").isEqualTo(HIGH);
    assertThat(after(1.4, 1_300_000)).isEqualTo(HIGH);
    assertThat(after(0.2, 1_300_000)).isEqualTo(MIDDLE);
  }

  @Test
  void staysWhereItIsBetweenTheThresholds() {
    after(1, 600_000);
    assertThat(after(5, 1_600_000)).isEqualTo(MIDDLE);
    assertThat(after(2, 1_700_000)).isEqualTo(HIGH);
    assertThat(after(5, 1_450_000)).isEqualTo(HIGH);
  }

  @Test
  void losesPatienceWithAPathThatDisappoints() {
    after(1, 600_000);
    assertThat(after(1, 2_000_000)).isEqualTo(HIGH);
    assertThat(after(1, 600_000)).isEqualTo(MIDDLE);
    assertThat(after(0.8, 2_000_000)).isEqualTo(MIDDLE);
    assertThat(after(0.5, 2_000_000)).isEqualTo(HIGH);
    assertThat(after(1, 600_000)).isEqualTo(MIDDLE);
    assertThat(after(3.8, 2_000_000)).isEqualTo(MIDDLE);
    assertThat(after(0.5, 2_000_000)).isEqualTo(HIGH);
    after(12, 2_000_000);
    assertThat(after(1, 600_000)).isEqualTo(MIDDLE);
    assertThat(after(0.7, 2_000_000)).isEqualTo(HIGH);
  }

  @Test
  void choosesAnewWhenItsQualityIsGone() {
    after(1, 4_000_000);
    qualities.clear();
    qualities.add(LOW, 150_000);

    assertThat(after(0.05, 4_000_000)).isEqualTo(LOW);
    qualities.clear();
    assertThat(after(0.05, 4_000_000)).isEqualTo(QualityChoice.NONE);
  }
}
