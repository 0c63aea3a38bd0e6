package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// RFC 7714 sections 16 and 17. They give session keys, not master keys.
@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class GcmVectorsTest {
  private final SrtpCipherProvider provider;

  GcmVectorsTest(String backend) {
    provider = Backends.provider(backend);
  }

  private static final String KEY =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final byte[] SALT = hex("517569642070726f2071756f");
  private static final int RTCP_INDEX = 0x5d4;

  private static final String RTP_HEADER = "8040f17b8041f8d35501a0b2";
  private static final String RTP_PAYLOAD =
      "47616c6c696120657374206f6d6e697320646976697361" + "20696e207061727465732074726573";
  private static final String RTP_SEALED_128 =
      "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
          + "899d7f27beb16a9152cf765ee4390cce";
  private static final String RTP_SEALED_256 =
      "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
          + "7aa3db36dfffd6b0f9bb7878d7a76c13";

  private static final String RTCP_HEADER = "81c8000d4d617273";
  private static final String RTCP_BODY =
      "4e5450314e545032525450200000042a0000e9304c756e61"
          + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
  private static final String RTCP_SEALED_128 =
      "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
          + "c84aa45896cf4d2fc5abf87245d9eade";
  private static final String RTCP_SEALED_256 =
      "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
          + "1d1eb30c4446839f57ff6f6cb26ac3be";
  private static final String RTCP_TAG_128 = "841dd9683dd78ec92ae58790125f62b3";
  private static final String RTCP_TAG_256 = "91db4afbfeee5a978fab4393ed2615fe";

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM,false", "AEAD_AES_128_GCM,true", "AEAD_AES_256_GCM,true"})
  void protectsTheRtpPacketOfSection16(SrtpProfile profile, boolean isDirect) {
    ByteBuffer buffer = Packets.buffer(isDirect, 5, hex(RTP_HEADER + RTP_PAYLOAD));
    int length = new RtpSealer(profile, keys(profile), provider).seal(buffer, 5, 50, 0);
    assertThat(hex(Packets.bytes(buffer, 5, length)))
        .isEqualTo(RTP_HEADER + (is128(profile) ? RTP_SEALED_128 : RTP_SEALED_256));
  }

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM,false", "AEAD_AES_256_GCM,false", "AEAD_AES_256_GCM,true"})
  void unprotectsTheRtpPacketOfSection16(SrtpProfile profile, boolean isDirect) {
    byte[] packet = hex(RTP_HEADER + (is128(profile) ? RTP_SEALED_128 : RTP_SEALED_256));
    ByteBuffer buffer = Packets.buffer(isDirect, 5, packet);
    int length = new RtpOpener(profile, keys(profile), provider).open(buffer, 5, packet.length);
    assertThat(hex(Packets.bytes(buffer, 5, length))).isEqualTo(RTP_HEADER + RTP_PAYLOAD);
  }

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM,true", "AEAD_AES_256_GCM,false"})
  void protectsTheRtcpPacketOfSection17(SrtpProfile profile, boolean isDirect) {
    ByteBuffer buffer = Packets.buffer(isDirect, 3, hex(RTCP_HEADER + RTCP_BODY));
    int length = new RtcpSealer(profile, keys(profile), provider, RTCP_INDEX).seal(buffer, 3, 52);
    assertThat(hex(Packets.bytes(buffer, 3, length)))
        .isEqualTo(RTCP_HEADER + (is128(profile) ? RTCP_SEALED_128 : RTCP_SEALED_256) + "800005d4");
  }

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM,true", "AEAD_AES_256_GCM,false"})
  void unprotectsTheRtcpPacketOfSection17(SrtpProfile profile, boolean isDirect) {
    byte[] packet =
        hex(RTCP_HEADER + (is128(profile) ? RTCP_SEALED_128 : RTCP_SEALED_256) + "800005d4");
    ByteBuffer buffer = Packets.buffer(isDirect, 3, packet);
    int length = new RtcpOpener(profile, keys(profile), provider).open(buffer, 3, packet.length);
    assertThat(hex(Packets.bytes(buffer, 3, length))).isEqualTo(RTCP_HEADER + RTCP_BODY);
  }

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM,true", "AEAD_AES_256_GCM,false"})
  void acceptsTheTaggedRtcpPacketOfSection17ThatIsNotEncrypted(
      SrtpProfile profile, boolean isDirect) {
    String tag = is128(profile) ? RTCP_TAG_128 : RTCP_TAG_256;
    byte[] packet = hex(RTCP_HEADER + RTCP_BODY + tag + "000005d4");
    ByteBuffer buffer = Packets.buffer(isDirect, 3, packet);
    RtcpOpener opener = new RtcpOpener(profile, keys(profile), provider);
    int length = opener.open(buffer, 3, packet.length);
    assertThat(hex(Packets.bytes(buffer, 3, length))).isEqualTo(RTCP_HEADER + RTCP_BODY);

    RtcpOpener other = new RtcpOpener(profile, keys(profile), provider);
    buffer.put(3 + 20, (byte) 0x55);
    assertThat(other.open(buffer, 3, packet.length)).isEqualTo(SrtpFailure.BAD_TAG.code());
  }

  private static boolean is128(SrtpProfile profile) {
    return profile == SrtpProfile.AEAD_AES_128_GCM;
  }

  private static SrtpSessionKeys keys(SrtpProfile profile) {
    byte[] key = hex(KEY.substring(0, 2 * profile.keyLength()));
    return new SrtpSessionKeys(key, new byte[0], SALT);
  }
}
