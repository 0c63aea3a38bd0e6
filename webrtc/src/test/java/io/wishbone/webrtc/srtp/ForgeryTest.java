package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.SSRC;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a stranger, or a damaged packet, can do: nothing.
@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class ForgeryTest {
  private final SrtpCipherProvider provider;

  ForgeryTest(String backend) {
    provider = Backends.provider(backend);
  }

  @ParameterizedTest
  @EnumSource
  void everyBitOfAnRtpPacketIsProtected(SrtpProfile profile) {
    SrtpSession receiver = Packets.server(provider, profile);
    byte[] good =
        Packets.protectRtp(
            Packets.client(provider, profile), Packets.rtpWithLongHeader(SSRC, 7, 9), 0);
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SrtpFailure.of(Packets.unprotectRtp(receiver, bad)))
          .isIn(SrtpFailure.BAD_TAG, SrtpFailure.MALFORMED);
    }
    assertThat(Packets.unprotectRtp(receiver, good)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void everyBitOfAnRtcpPacketIsProtected(SrtpProfile profile) {
    SrtpSession receiver = Packets.server(provider, profile);
    byte[] good = Packets.protectRtcp(Packets.client(provider, profile), Packets.rtcp(SSRC, 12));
    for (int bit = 0; bit < 8 * good.length; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SrtpFailure.of(Packets.unprotectRtcp(receiver, bad)))
          .isIn(SrtpFailure.BAD_TAG, SrtpFailure.MALFORMED);
    }
    assertThat(Packets.unprotectRtcp(receiver, good)).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void theRolloverCounterIsProtected(SrtpProfile profile) {
    byte[] packet =
        Packets.protectRtp(Packets.client(provider, profile), Packets.rtp(SSRC, 40_000, 20), 5);
    assertThat(Packets.unprotectRtp(Packets.server(provider, profile), packet))
        .isEqualTo(SrtpFailure.BAD_TAG.code());
  }

  @ParameterizedTest
  @EnumSource
  void truncatedPacketsOfEveryLengthAreRefused(SrtpProfile profile) {
    SrtpSession sender = Packets.client(provider, profile);
    SrtpSession receiver = Packets.server(provider, profile);
    byte[] srtp = Packets.protectRtp(sender, Packets.rtpWithLongHeader(SSRC, 7, 40), 0);
    byte[] srtcp = Packets.protectRtcp(sender, Packets.rtcp(SSRC, 40));
    for (boolean isDirect : new boolean[] {false, true}) {
      for (int length = 0; length < srtp.length; length++) {
        ByteBuffer exact = exactly(isDirect, Arrays.copyOf(srtp, length));
        assertThat(receiver.unprotectRtp(exact, 0, length)).isNegative();
      }
      for (int length = 0; length < srtcp.length; length++) {
        ByteBuffer exact = exactly(isDirect, Arrays.copyOf(srtcp, length));
        assertThat(receiver.unprotectRtcp(exact, 0, length)).isNegative();
      }
    }
    assertThat(Packets.unprotectRtp(receiver, srtp)).isPositive();
    assertThat(Packets.unprotectRtcp(receiver, srtcp)).isPositive();
  }

  @Test
  void headersThatReachBeyondThePacketAreMalformed() {
    SrtpSession session = Packets.client(SrtpProfile.AEAD_AES_128_GCM);
    byte[] tooManyCsrcs = Packets.rtp(SSRC, 1, 40);
    tooManyCsrcs[0] = (byte) 0x8f;
    byte[] tooLongExtension = Packets.rtpWithLongHeader(SSRC, 1, 40);
    tooLongExtension[22] = (byte) 0xff;
    byte[] noExtension = Packets.rtp(SSRC, 1, 3);
    noExtension[0] = (byte) 0x90;
    byte[] otherVersion = Packets.rtp(SSRC, 1, 40);
    otherVersion[0] = 0x40;
    for (byte[] packet : new byte[][] {tooManyCsrcs, tooLongExtension, noExtension, otherVersion}) {
      ByteBuffer buffer = Packets.buffer(false, 0, packet);
      assertThat(session.protectRtp(buffer, 0, packet.length, 0))
          .isEqualTo(SrtpFailure.MALFORMED.code());
      assertThat(session.unprotectRtp(buffer, 0, packet.length))
          .isEqualTo(SrtpFailure.MALFORMED.code());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPacketThatFailsIsLeftAsItCame(SrtpProfile profile) {
    byte[] bad =
        Packets.protectRtp(Packets.client(provider, profile), Packets.rtp(SSRC, 1, 100), 0);
    bad[bad.length - 1] ^= 1;
    for (boolean isDirect : new boolean[] {false, true}) {
      ByteBuffer buffer = Packets.buffer(isDirect, 0, bad);
      assertThat(Packets.server(provider, profile).unprotectRtp(buffer, 0, bad.length))
          .isEqualTo(SrtpFailure.BAD_TAG.code());
      assertThat(Packets.bytes(buffer, 0, bad.length)).isEqualTo(bad);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFloodOfBadTagsChangesNothing(SrtpProfile profile) {
    SrtpSession sender = Packets.client(provider, profile);
    SrtpSession receiver = Packets.server(provider, profile);
    assertThat(Packets.unprotectRtp(receiver, sealed(sender, SSRC, 1000))).isPositive();
    Random random = new Random(1);
    ByteBuffer buffer = ByteBuffer.allocateDirect(100);
    for (int i = 0; i < 20_000; i++) {
      byte[] forged = Packets.rtp(i % 2 == 0 ? SSRC : i, random.nextInt(65_536), 80);
      buffer.put(0, forged);
      assertThat(receiver.unprotectRtp(buffer, 0, forged.length)).isNegative();
      buffer.put(1, (byte) 201);
      assertThat(receiver.unprotectRtcp(buffer, 0, forged.length)).isNegative();
    }
    assertThat(receiver.packetIndex()).isEqualTo(1000);
    assertThat(Packets.unprotectRtp(receiver, sealed(sender, SSRC, 1001))).isPositive();
    assertThat(Packets.unprotectRtp(receiver, sealed(sender, 3, 1))).isPositive();
    byte[] srtcp = Packets.protectRtcp(sender, Packets.rtcp(SSRC, 8));
    assertThat(Packets.unprotectRtcp(receiver, srtcp)).isPositive();
  }

  @Test
  void onlySoManySsrcsAreKeptAndNoneIsForgotten() {
    SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
    SrtpSession sender = Packets.client(provider, profile);
    SrtpSession receiver = Packets.server(provider, profile);
    for (int ssrc = 0; ssrc < SrtpSession.MAX_SSRCS; ssrc++) {
      assertThat(Packets.unprotectRtp(receiver, sealed(sender, ssrc, 1))).isPositive();
      byte[] srtcp = Packets.protectRtcp(sender, Packets.rtcp(ssrc, 8));
      assertThat(Packets.unprotectRtcp(receiver, srtcp)).isPositive();
    }
    assertThat(Packets.unprotectRtp(receiver, sealed(sender, 99, 1)))
        .isEqualTo(SrtpFailure.TOO_MANY_SSRCS.code());
    byte[] srtcp = Packets.protectRtcp(sender, Packets.rtcp(99, 8));
    assertThat(Packets.unprotectRtcp(receiver, srtcp)).isEqualTo(SrtpFailure.TOO_MANY_SSRCS.code());
    assertThat(receiver.resumeRtp(99, 0)).isFalse();
    for (int ssrc = 0; ssrc < SrtpSession.MAX_SSRCS; ssrc++) {
      assertThat(Packets.unprotectRtp(receiver, sealed(sender, ssrc, 1)))
          .isEqualTo(SrtpFailure.REPLAYED.code());
      assertThat(Packets.unprotectRtp(receiver, sealed(sender, ssrc, 2))).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void placesOutsideTheBufferAreRefused(SrtpProfile profile) {
    SrtpSession session = Packets.client(provider, profile);
    byte[] packet = Packets.rtp(SSRC, 1, 20);
    ByteBuffer noRoom = ByteBuffer.wrap(packet);
    ByteBuffer readOnly = Packets.buffer(false, 0, packet).asReadOnlyBuffer();
    int noRoomCode = SrtpFailure.NO_ROOM.code();
    assertThat(session.protectRtp(noRoom, 0, packet.length, 0)).isEqualTo(noRoomCode);
    assertThat(session.protectRtcp(noRoom, 0, packet.length)).isEqualTo(noRoomCode);
    assertThat(session.protectRtp(readOnly, 0, packet.length, 0)).isEqualTo(noRoomCode);
    int[][] places = {{-1, 20}, {0, -1}, {0, 33}, {33, 0}, {1, Integer.MAX_VALUE}};
    for (int[] place : places) {
      assertThat(session.unprotectRtp(noRoom, place[0], place[1])).isEqualTo(noRoomCode);
      assertThat(session.unprotectRtcp(noRoom, place[0], place[1])).isEqualTo(noRoomCode);
      assertThat(session.protectRtp(noRoom, place[0], place[1], 0)).isEqualTo(noRoomCode);
      assertThat(session.protectRtcp(noRoom, place[0], place[1])).isEqualTo(noRoomCode);
    }
  }

  private static byte[] sealed(SrtpSession sender, long ssrc, int sequenceNumber) {
    return Packets.protectRtp(sender, Packets.rtp(ssrc, sequenceNumber, 20), 0);
  }

  private static ByteBuffer exactly(boolean isDirect, byte[] bytes) {
    return isDirect
        ? ByteBuffer.allocateDirect(bytes.length).put(0, bytes)
        : ByteBuffer.wrap(bytes);
  }
}
