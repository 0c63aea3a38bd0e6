package io.wishbone.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.node.io.LoadMeter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeMetersTest {
  private final SimpleMeterRegistry program = new SimpleMeterRegistry();
  private final NodeMeters meters = new NodeMeters(program);

  @AfterEach
  void stop() {
    meters.stop();
  }

  @Test
  void everyMeterSaysOfWhichNodeItIsAndWhereThatRuns() {
    meters.name("node-1", "eu-west", "eu-west-a");
    meters.start(List.of(), () -> new LoadMeter(List.of()).latest());
    meters.connected("publisher");
    meters.ended("publisher", "silent", "ok");

    assertThat(program.getMeters())
        .hasSizeGreaterThan(20)
        .allSatisfy(meter -> {
          Meter.Id id = meter.getId();
          assertThat(id.getTag("node")).as(id.toString()).isEqualTo("node-1");
          assertThat(id.getTag("region")).as(id.toString()).isEqualTo("eu-west");
          assertThat(id.getTag("zone")).as(id.toString()).isEqualTo("eu-west-a");
        });
  }

  @Test
  void whatEndsIsCountedByRoleReasonAndVerdict() {
    meters.name("node-1", "", "");
    meters.ended("subscriber", "silent", "ok");
    meters.ended("subscriber", "silent", "ok");
    meters.ended("subscriber", "never_connected", "no_stun");

    assertThat(
            program
                .get("wishbone.sessions.ended")
                .tags("role", "subscriber", "reason", "silent", "verdict", "ok")
                .counter()
                .count())
        .isEqualTo(2);
    assertThat(program.get("wishbone.sessions.ended").counters()).hasSize(2);
  }

  /// A counter that appears with its first count has no rate until the second.
  @Test
  void everyReasonToDropIsThereFromTheStart() {
    meters.name("node-1", "", "");
    meters.start(List.of(), () -> new LoadMeter(List.of()).latest());
    assertThat(program.get("wishbone.drops").functionCounters())
        .extracting(counter -> counter.getId().getTag("reason"))
        .contains("unknown_source", "malformed_rtp", "srtp_refused", "dtls_queue_full");
  }

  @Test
  void measuresNothingWhereThereAreNoMeters() {
    NodeMeters none = NodeMeters.none();
    none.name("node-1", "", "");
    none.connected("publisher");
    none.start(List.of(), () -> new LoadMeter(List.of()).latest());
    assertThat(none.registry()).isEmpty();
  }
}
