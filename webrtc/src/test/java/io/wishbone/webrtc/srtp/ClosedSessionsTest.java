package io.wishbone.webrtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A session may have the memory of one that was closed before, and nothing else of it.
@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class ClosedSessionsTest {
  private static final int SESSIONS = 20;

  private final SrtpCipherProvider provider;

  ClosedSessionsTest(String backend) {
    provider = Backends.provider(backend);
  }

  private SrtpSession otherKeys(SrtpProfile profile) {
    byte[] exported = new byte[profile.keyingMaterialLength()];
    Arrays.fill(exported, (byte) 7);
    return new SrtpSession(SrtpKeyingMaterial.split(profile, exported, true), provider);
  }

  @ParameterizedTest
  @EnumSource
  void leaveNothingBehind(SrtpProfile profile) {
    byte[] rtp = Packets.rtp(1, 1, 100);
    byte[] rtcp = Packets.rtcp(1, 20);
    byte[] sealedRtp = Packets.protectRtp(Packets.client(provider, profile), rtp, 0);
    byte[] sealedRtcp = Packets.protectRtcp(Packets.client(provider, profile), rtcp);
    for (int i = 0; i < SESSIONS; i++) {
      SrtpSession other = otherKeys(profile);
      assertThat(Packets.protectRtp(other, rtp, 0)).isNotEqualTo(sealedRtp);
      other.close();
      SrtpSession client = Packets.client(provider, profile);
      SrtpSession server = Packets.server(provider, profile);
      assertThat(Packets.protectRtp(client, rtp, 0)).isEqualTo(sealedRtp);
      assertThat(Packets.protectRtcp(client, rtcp)).isEqualTo(sealedRtcp);
      assertThat(Packets.unprotectRtp(server, sealedRtp)).isEqualTo(rtp.length);
      assertThat(Packets.unprotectRtcp(server, sealedRtcp)).isEqualTo(rtcp.length);
      client.close();
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void doNothingToThoseThatCameAfter(SrtpProfile profile) {
    SrtpSession closed = otherKeys(profile);
    closed.close();
    SrtpSession client = Packets.client(provider, profile);
    SrtpSession server = Packets.server(provider, profile);
    closed.close();
    SrtpSession another = otherKeys(profile);
    byte[] packet = Packets.rtp(1, 1, 100);
    assertThat(closed.protectRtp(Packets.buffer(true, 0, packet), 0, packet.length, 0))
        .isNegative();
    byte[] sealed = Packets.protectRtp(client, packet, 0);
    assertThat(Packets.protectRtp(another, packet, 0)).isNotEqualTo(sealed);
    assertThat(Packets.unprotectRtp(server, sealed)).isEqualTo(packet.length);
    assertThat(Packets.unprotectRtcp(closed, Packets.protectRtcp(client, Packets.rtcp(1, 20))))
        .isNegative();
  }
}
