package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.SSRC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rollover, reordering and replay.
class ReceivingTest {

  private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

  private final SrtpSession sender = Packets.client(PROFILE);
  private final SrtpSession receiver = Packets.server(PROFILE);

  @ParameterizedTest
  @EnumSource
  void followsTheRolloverCounterThroughSeveralCycles(SrtpProfile profile) {
    SrtpSession from = Packets.client(profile);
    SrtpSession to = Packets.server(profile);
    for (long index = 40_000; index < 300_000; index += 7_919) {
      assertThat(Packets.unprotectRtp(to, sealed(from, index))).isPositive();
      assertThat(to.packetIndex()).isEqualTo(index);
    }
  }

  @Test
  void takesPacketsInAnyOrderAroundARollover() {
    for (long index : new long[] {65_534, 65_537, 65_535, 65_536, 65_540, 65_533, 65_539}) {
      assertThat(receive(index)).isPositive();
      assertThat(receiver.packetIndex()).isEqualTo(index);
    }
    for (long index : new long[] {65_534, 65_537, 65_535, 65_536, 65_540, 65_533, 65_539}) {
      assertThat(receive(index)).isEqualTo(SrtpFailure.REPLAYED.code());
    }
    assertThat(receive(65_538)).isPositive();
  }

  @Test
  void recoversWhenAllPacketsBeforeTheFirstRolloverWereLost() {
    assertThat(receive(65_536 + 2)).isPositive();
    assertThat(receiver.packetIndex()).isEqualTo(65_536 + 2);
    assertThat(receive(65_534)).isPositive();
    assertThat(receiver.packetIndex()).isEqualTo(65_534);
  }

  @Test
  void countsForwardWhereThereIsNothingBehind() {
    assertThat(receive(3)).isPositive();
    assertThat(receive(60_000)).isPositive();
    assertThat(receiver.packetIndex()).isEqualTo(60_000);
  }

  @Test
  void doesNotFindAStreamThatBeganElsewhereUnlessResumed() {
    long index = 7 * 65_536 + 100;
    assertThat(receive(index)).isEqualTo(SrtpFailure.BAD_TAG.code());
    assertThat(receiver.resumeRtp(SSRC, index - 20_000)).isTrue();
    assertThat(receive(index)).isPositive();
    assertThat(receiver.packetIndex()).isEqualTo(index);
    assertThat(receive(index)).isEqualTo(SrtpFailure.REPLAYED.code());
    assertThat(receiver.resumeRtp(SSRC, 5)).isFalse();
  }

  @Test
  void sendsWithRolloverCountersThatLookNegative() {
    long index = 0xffff_ffff_0000L;
    assertThat(receiver.resumeRtp(SSRC, index - 1)).isTrue();
    assertThat(receive(index)).isPositive();
    assertThat(receiver.packetIndex()).isEqualTo(index);
  }

  @Test
  void dropsWhatIsTooOldToTell() {
    assertThat(receive(5000)).isPositive();
    assertThat(receive(5000 - RtpOpener.WINDOW)).isEqualTo(SrtpFailure.TOO_OLD.code());
    assertThat(receive(5000 - RtpOpener.WINDOW + 1)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void takesRtcpOnceInAnyOrderWithinItsWindow(SrtpProfile profile) {
    SrtpSession from = Packets.client(profile);
    SrtpSession to = Packets.server(profile);
    byte[][] packets = new byte[RtcpOpener.WINDOW + 1][];
    for (int i = 0; i < packets.length; i++) {
      packets[i] = Packets.protectRtcp(from, Packets.rtcp(SSRC, 20));
    }
    for (int i = packets.length - 1; i > 0; i--) {
      assertThat(Packets.unprotectRtcp(to, packets[i])).isEqualTo(28);
    }
    assertThat(Packets.unprotectRtcp(to, packets[0])).isEqualTo(SrtpFailure.TOO_OLD.code());
    for (int i = packets.length - 1; i > 0; i--) {
      assertThat(Packets.unprotectRtcp(to, packets[i])).isEqualTo(SrtpFailure.REPLAYED.code());
    }
  }

  @Test
  void knowsNoPacketIndexBeforeTheFirstPacket() {
    assertThat(receiver.packetIndex()).isEqualTo(-1);
  }

  private int receive(long index) {
    return Packets.unprotectRtp(receiver, sealed(sender, index));
  }

  private static byte[] sealed(SrtpSession sender, long index) {
    byte[] packet = Packets.rtp(SSRC, (int) (index & 0xffff), 20);
    return Packets.protectRtp(sender, packet, (int) (index >>> 16));
  }
}
