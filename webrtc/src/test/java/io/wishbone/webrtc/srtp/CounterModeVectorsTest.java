package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class CounterModeVectorsTest {
  private final SrtpCipherProvider provider;

  CounterModeVectorsTest(String backend) {
    provider = Backends.provider(backend);
  }

  private static final int BLOCK = 16;

  /// RFC 3711 appendix B.2: the keystream is what zeros are encrypted to, a megabyte of it.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void makesTheKeystreamOfRfc3711AppendixB2(boolean isDirect) {
    SrtpProfile profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
    SrtpSessionKeys keys =
        new SrtpSessionKeys(
            hex("2B7E151628AED2A6ABF7158809CF4F3C"),
            new byte[20],
            hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
    byte[] iv = new InitializationVector(profile, keys.salt()).of(0, 0);
    assertThat(iv).isEqualTo(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"));

    byte[] zeros = new byte[0xff02 * BLOCK];
    ByteBuffer buffer = Packets.buffer(isDirect, 0, zeros);
    SrtpCipher cipher = provider.cipher(profile, SrtpChannel.RTP, keys);
    assertThat(cipher.seal(buffer, 0, 0, zeros.length, iv, 0, zeros.length)).isTrue();

    assertThat(Packets.bytes(buffer, 0, 3 * BLOCK))
        .isEqualTo(
            hex(
                """
                E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB
                41E95B3BB0A2E8DD477901E4FCA894C0
                """));
    assertThat(Packets.bytes(buffer, 0xfeff * BLOCK, 3 * BLOCK))
        .isEqualTo(
            hex(
                """
                EC8CDF7398607CB0F2D21675EA9EA1E4 362B7C3C6773516318A077D7FC5073AE
                6A2CC3787889374FBEB4C81B17BA6C44
                """));
  }
}
