package io.wishbone.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceCountTest {
  private final SourceCount count = new SourceCount(1);

  private void receive(int... numbers) {
    for (int number : numbers) {
      count.onPacket(number);
    }
  }

  @Test
  void nothingIsMissingInARow() {
    receive(7, 8, 9);
    assertThat(count.received()).isEqualTo(3);
    assertThat(count.missing()).isZero();
  }

  @Test
  void whatComesLateIsNotMissing() {
    receive(7, 9, 10, 8);
    assertThat(count.missing()).isZero();
  }

  @Test
  void gapsCountAcrossAWrapOfTheNumbers() {
    receive(65_533, 65_535, 1, 4);
    assertThat(count.missing()).isEqualTo(4);
  }

  @Test
  void whatIsOlderThanTheFirstDoesNotCount() {
    receive(100, 99, 98, 101);
    assertThat(count.received()).isEqualTo(2);
    assertThat(count.missing()).isZero();
  }
}
