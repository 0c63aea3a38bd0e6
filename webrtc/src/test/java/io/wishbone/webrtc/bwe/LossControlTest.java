package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LossControlTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int PACKET = 1_000;

  private final LossControl control = new LossControl();
  private long now = SECOND;

  @Test
  void boundsNothingWithoutLoss() {
    for (int i = 0; i < 10; i++) {
      second(1_000_000, 0);
    }
    assertThat(control.bound()).isEqualTo(LossControl.UNBOUNDED);
    assertThat(control.loss()).isZero();
  }

  @Test
  void standsALittleLoss() {
    for (int i = 0; i < 20; i++) {
      second(1_000_000, 0.05);
    }
    assertThat(control.bound()).isEqualTo(LossControl.UNBOUNDED);
    assertThat(control.loss()).isCloseTo(0.05, within(0.01));
  }

  @Test
  void fallsWhileABottleneckLoses() {
    double rate = 1_000_000;
    for (int i = 0; i < 40; i++) {
      second(rate, Math.max(0, 1 - 500_000 / rate));
      rate = Math.min(1_000_000, control.bound());
    }
    assertThat(rate).isBetween(400_000.0, 640_000.0);
    assertThat(control.inherent()).isLessThan(0.05);
  }

  @Test
  void findsOutThatLossHasNothingToDoWithTheRate() {
    double rate = 1_000_000;
    for (int i = 0; i < 30; i++) {
      second(rate, 0.2);
      rate = Math.min(1_000_000, control.bound());
    }
    assertThat(rate).isEqualTo(1_000_000);
    assertThat(control.inherent()).isCloseTo(0.2, within(0.02));
  }

  @Test
  void doesNotBelieveThatAnyLossIsInherent() {
    double rate = 1_000_000;
    for (int i = 0; i < 30; i++) {
      second(rate, 0.7);
      rate = Math.min(1_000_000, control.bound());
    }
    assertThat(rate).isLessThan(300_000);
  }

  @Test
  void acquitsLossThatStaysTheSameThoughNothingLessIsSent() {
    for (int i = 0; i < 3; i++) {
      second(1_000_000, 0.2);
    }
    assertThat(control.bound()).isBetween(780_000.0, 1_000_000.0);
    for (int i = 0; i < 4; i++) {
      second(1_000_000, 0.2);
    }
    assertThat(control.bound()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(control.inherent()).isCloseTo(0.2, within(0.02));
  }

  @Test
  void takesBackWhatOnlyCameLate() {
    for (int i = 0; i < 100; i++) {
      control.onMissing(PACKET, false);
      control.onReceived(PACKET, true, false);
    }
    control.update(1_000_000, -1, now);
    now += SECOND;
    control.update(1_000_000, -1, now);
    assertThat(control.loss()).isZero();
  }

  @Test
  void takesNothingForNobodysFaultThatAFullQueueLost() {
    for (int i = 0; i < 20; i++) {
      second(1_000_000, 0.2, true);
    }
    assertThat(control.loss()).isGreaterThan(0.15);
    assertThat(control.idleLoss()).isZero();
    for (int i = 0; i < 20; i++) {
      second(1_000_000, 0.2, false);
    }
    assertThat(control.idleLoss()).isCloseTo(0.2, within(0.02));
    for (int i = 0; i < 20; i++) {
      second(1_000_000, 0, true);
    }
    assertThat(control.idleLoss()).as("that it is less is known in any case").isLessThan(0.01);
  }

  /// A second at this rate, of which this share is lost.
  private void second(double rate, double loss) {
    second(rate, loss, false);
  }

  /// @param waits whether packets wait long on the way
  private void second(double rate, double loss, boolean waits) {
    control.update(rate, (long) (rate * (1 - loss)), now);
    int packets = (int) (rate / 8 / PACKET);
    for (int i = 0; i < packets; i++) {
      if ((int) ((i + 1) * loss) > (int) (i * loss)) {
        control.onMissing(PACKET, waits);
      } else {
        control.onReceived(PACKET, false, waits);
      }
    }
    now += SECOND;
    control.update(rate, (long) (rate * (1 - loss)), now);
  }
}
