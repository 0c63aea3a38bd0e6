package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.SSRC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class BackendsTest {
  private final String backend;
  private final SrtpCipherProvider provider;

  BackendsTest(String backend) {
    this.backend = backend;
    provider = Backends.provider(backend);
  }

  @ParameterizedTest
  @EnumSource
  void makesTheBytesThatThePlatformMakes(SrtpProfile profile) {
    Random random = new Random(7);
    SrtpSession platform = Packets.client(profile);
    SrtpSession mine = Packets.client(provider, profile);
    SrtpSession receiver = Packets.server(provider, profile);
    for (int i = 0; i < 300; i++) {
      byte[] packet = Packets.rtpWithLongHeader(SSRC, i, random.nextInt(1400));
      byte[] expected = Packets.protectRtp(platform, packet, 5);
      ByteBuffer direct = Packets.buffer(true, i % 64, packet);
      int length = mine.protectRtp(direct, i % 64, packet.length, 5);
      assertThat(Packets.bytes(direct, i % 64, length)).isEqualTo(expected);
      assertThat(Packets.protectRtp(mine, packet, 5)).isEqualTo(expected);
      byte[] report = Packets.rtcp(SSRC, random.nextInt(300));
      byte[] sealed = Packets.protectRtcp(mine, report);
      assertThat(sealed).isEqualTo(Packets.protectRtcp(platform, report));
      assertThat(Packets.unprotectRtcp(receiver, sealed)).isEqualTo(report.length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void touchesNothingOutsideOfABuffer(SrtpProfile profile) {
    SrtpSessionKeys keys =
        KeyDerivation.derive(profile, Packets.keys(profile, true).local(), SrtpChannel.RTP);
    SrtpCipher cipher = provider.cipher(profile, SrtpChannel.RTP, keys);
    if (backend.equals("jce")) {
      // Java checks by itself, by throwing; its callers have checked before.
      return;
    }
    byte[] iv = new byte[profile.isAead() ? 12 : 16];
    for (boolean isDirect : new boolean[] {false, true}) {
      ByteBuffer buffer = isDirect ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
      int[][] places = {
        {-1, 12, 20, 19}, {0, 12, 95, 95}, {90, 12, 40, 100}, {0, 30, 20, 20},
        {0, -4, 20, 20}, {0, 0, Integer.MAX_VALUE, 10}, {50, 12, 51, 101}, {4, 12, -3, 1},
        {Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Integer.MAX_VALUE}
      };
      for (int[] place : places) {
        assertThat(cipher.seal(buffer, place[0], place[1], place[2], iv, 0, place[3])).isFalse();
        assertThat(cipher.open(buffer, place[0], place[1], place[2], iv, 0, place[3])).isFalse();
      }
      assertThat(cipher.verify(buffer, 0, 96, iv, 0, 96)).isFalse();
      assertThat(cipher.verify(buffer, -1, 6, iv, 0, 5)).isFalse();
      assertThat(cipher.seal(buffer.asReadOnlyBuffer(), 0, 12, 20, iv, 0, 20)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesToWorkOnceItIsClosed(SrtpProfile profile) {
    SrtpSession session = Packets.client(provider, profile);
    byte[] packet = Packets.rtp(SSRC, 1, 100);
    assertThat(Packets.protectRtp(session, packet, 0)).hasSizeGreaterThan(100);
    session.close();
    session.close();

    ByteBuffer buffer = Packets.buffer(true, 0, packet);
    assertThat(session.protectRtp(buffer, 0, packet.length, 0))
        .isEqualTo(SrtpFailure.CIPHER_FAILED.code());
    assertThat(session.unprotectRtp(buffer, 0, packet.length))
        .isEqualTo(SrtpFailure.BAD_TAG.code());
    assertThat(session.protectRtcp(Packets.buffer(true, 0, Packets.rtcp(1, 8)), 0, 16))
        .isEqualTo(SrtpFailure.CIPHER_FAILED.code());
  }

  @ParameterizedTest
  @EnumSource
  void allocatesNothingForAPacketInDirectMemory(SrtpProfile profile) {
    if (backend.equals("jce") || backend.equals("ipsec-mb") && !profile.isAead()) {
      // The platform's GCM makes objects; counter mode is another back end's.
      return;
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    SrtpSession sender = Packets.client(provider, profile);
    ByteBuffer buffer = ByteBuffer.allocateDirect(2000).put(0, Packets.rtp(SSRC, 1, 1000));
    long allocated = Long.MAX_VALUE;
    // Compiled code makes none; when it is compiled depends on how busy the machine is.
    for (int round = 0; round < 200 && allocated > 64; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 2000; i++) {
        sender.protectRtp(buffer, 0, 1012, 0);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).isLessThanOrEqualTo(64);
  }

  @Test
  void isFoundUnderItsName() {
    assertThat(provider.name()).isEqualTo(backend);
    SrtpBackends found = SrtpBackends.find();
    assertThat(found.provider(SrtpBackends.AUTO).name()).isEqualTo(found.names().getFirst());
    assertThatThrownBy(() -> found.provider("none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none cannot be used here");
  }
}
