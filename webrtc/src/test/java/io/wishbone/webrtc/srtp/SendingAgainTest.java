package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.SSRC;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class SendingAgainTest {
  private final SrtpCipherProvider provider;

  SendingAgainTest(String backend) {
    provider = Backends.provider(backend);
  }

  @ParameterizedTest
  @EnumSource
  void theSamePacketAtOnceIsTheSameDatagram(SrtpProfile profile) {
    SrtpSession sender = Packets.client(provider, profile);
    byte[] packet = Packets.rtp(SSRC, 7, 100);
    byte[] first = Packets.protectRtp(sender, packet, 3);
    assertThat(Packets.protectRtp(sender, packet, 3)).isEqualTo(first);
    assertThat(Packets.protectRtp(sender, packet, 3)).isEqualTo(first);
  }

  @ParameterizedTest
  @EnumSource
  void theSamePacketLaterIsTheSameDatagram(SrtpProfile profile) {
    SrtpSession sender = Packets.client(provider, profile);
    byte[] packet = Packets.rtp(SSRC, 7, 100);
    byte[] first = Packets.protectRtp(sender, packet, 3);
    byte[] second = Packets.protectRtp(sender, Packets.rtp(SSRC, 8, 100), 3);
    assertThat(Packets.protectRtp(sender, packet, 3)).isEqualTo(first);
    assertThat(Packets.protectRtp(sender, Packets.rtp(SSRC, 8, 100), 3)).isEqualTo(second);
  }

  @ParameterizedTest
  @EnumSource
  void anotherNodeWithTheSameKeysMakesTheSameDatagram(SrtpProfile profile) {
    byte[] packet = Packets.rtp(SSRC, 7, 100);
    SrtpSession busy = Packets.client(provider, profile);
    for (int i = 0; i < 10; i++) {
      Packets.protectRtp(busy, Packets.rtp(SSRC, i, 100), 2);
    }
    assertThat(Packets.protectRtp(Packets.client(provider, profile), packet, 3))
        .isEqualTo(Packets.protectRtp(busy, packet, 3));
  }
}
