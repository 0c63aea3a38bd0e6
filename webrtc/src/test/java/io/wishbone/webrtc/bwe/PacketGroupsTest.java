package io.wishbone.webrtc.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacketGroupsTest {

  private static final long MILLISECOND = 1_000_000;

  private final PacketGroups groups = new PacketGroups();

  @Test
  void comparesGroupsByTheirLastPackets() {
    assertThat(onPacket(0, 100)).isFalse();
    assertThat(onPacket(4, 106)).isFalse();
    assertThat(onPacket(20, 130)).as("one group alone").isFalse();
    assertThat(onPacket(22, 133)).isFalse();
    assertThat(onPacket(40, 160)).isTrue();
    assertThat(groups.sendDelta()).isEqualTo((22 - 4) * MILLISECOND);
    assertThat(groups.arrivalDelta()).isEqualTo((133 - 106) * MILLISECOND);
    assertThat(groups.arrived()).isEqualTo(133 * MILLISECOND);
  }

  @Test
  void takesWhatWaitedTogetherForOneBurst() {
    onPacket(0, 100);
    onPacket(10, 200);
    assertThat(onPacket(20, 201)).as("caught up").isFalse();
    assertThat(onPacket(30, 202)).as("caught up").isFalse();
    assertThat(onPacket(60, 260)).isTrue();
    assertThat(groups.sendDelta()).isEqualTo(30 * MILLISECOND);
    assertThat(groups.arrivalDelta()).isEqualTo(102 * MILLISECOND);
  }

  @Test
  void passesOverPacketsOfGroupsThatAreDone() {
    onPacket(0, 100);
    onPacket(20, 120);
    assertThat(onPacket(3, 121)).isFalse();
    assertThat(onPacket(40, 140)).isTrue();
    assertThat(groups.arrivalDelta()).isEqualTo(20 * MILLISECOND);
  }

  @Test
  void beginsAnewWhenTheReceiversClockJumps() {
    onPacket(0, 100);
    onPacket(20, 120);
    onPacket(40, 10_000);
    assertThat(onPacket(60, 10_020)).as("over the jump").isFalse();
    assertThat(onPacket(80, 10_040)).isTrue();
    assertThat(groups.arrivalDelta()).isEqualTo(20 * MILLISECOND);
  }

  private boolean onPacket(long sentMillis, long arrivedMillis) {
    return groups.onPacket(sentMillis * MILLISECOND, arrivedMillis * MILLISECOND);
  }
}
