package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private static final long SECOND = 1_000_000_000L;

  private static LoadMeter.Counted counted(long packets, long turnMillis, long processorMillis) {
    return new LoadMeter.Counted(packets, turnMillis * 1_000_000, processorMillis * 1_000_000);
  }

  @Test
  void addsUpPacketsAndLooksAtTheBusiestLoop() {
    LoadMeter.Load load =
        LoadMeter.between(
            List.of(counted(100, 10, 20), counted(0, 0, 0)),
            List.of(counted(4_100, 410, 220), counted(2_000, 100, 1_200)),
            2 * SECOND);

    assertThat(load.packetsPerSecond()).isEqualTo(3_000);
    assertThat(load.headroom()).isEqualTo(0.4, within(1e-9));
  }

  @Test
  void neverHasMoreOrLessThanAll() {
    List<LoadMeter.Counted> before = List.of(counted(0, 0, 0));

    assertThat(LoadMeter.between(before, before, SECOND))
        .isEqualTo(new LoadMeter.Load(0, 1, List.of(1.0)));
    assertThat(LoadMeter.between(before, List.of(counted(0, 5_000, 0)), SECOND).headroom())
        .isZero();
    assertThat(LoadMeter.between(List.of(), List.of(), SECOND))
        .isEqualTo(new LoadMeter.Load(0, 1, List.of()));
  }

  @Test
  void countsTheTurnsOfALoop() {
    var load = new LoopLoad();

    load.begin(100);
    load.received();
    load.begin(150);
    load.received();
    load.end(400);
    load.end(500);
    load.begin(1_000);
    load.end(1_001);

    assertThat(load.receivedSoFar()).isEqualTo(2);
    assertThat(load.turnNanos()).isEqualTo(301);
    assertThat(load.processorNanos()).isPositive();
  }
}
