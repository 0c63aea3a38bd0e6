package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// From master key to packet, with the values by which libsrtp validates itself. Its first SRTCP
/// index is 1.
@ParameterizedClass
@MethodSource("io.wishbone.webrtc.srtp.Backends#names")
class KnownAnswerTest {
  private final SrtpCipherProvider provider;

  KnownAnswerTest(String backend) {
    provider = Backends.provider(backend);
  }

  private static final String RTP_HEADER = "800f1234decafbadcafebabe";
  private static final String RTP = RTP_HEADER + "ab".repeat(16);
  private static final String RTCP_HEADER = "81c8000bcafebabe";
  private static final String RTCP = RTCP_HEADER + "ab".repeat(16);

  @Test
  void counterModeAndHmac() {
    String key = "e1f97a0d3e018be0d64fa32c06de4139";
    String salt = "0ec675ad498afeebb6960b3aabe6";
    check(
        SrtpProfile.AES128_CM_HMAC_SHA1_80,
        new SrtpKeys(hex(key), hex(salt)),
        "4e55dc4ce79978d88ca4d215949d2402" + "b78d6acc99ea179b8dbb",
        "7128035be487b9bdbef89041f977a5a8" + "80000001" + "993e08cd54d6c1230798");
  }

  @Test
  void gcm128() {
    String key = "000102030405060708090a0b0c0d0e0f";
    String salt = "a0a1a2a3a4a5a6a7a8a9aaab";
    check(
        SrtpProfile.AEAD_AES_128_GCM,
        new SrtpKeys(hex(key), hex(salt)),
        "c5002ede04cfdd2eb91159e0880aa06e" + "d2976826f796b201df3131a127e8a392",
        "c98b8b5df0392a55852b6c21ac8e7025" + "c52c6fbea2b3b446ea31123ba88ce61e" + "80000001");
  }

  private void check(SrtpProfile profile, SrtpKeys keys, String rtp, String rtcp) {
    SrtpKeyingMaterial material = new SrtpKeyingMaterial(profile, keys, keys);
    SrtpSession sender = new SrtpSession(material, provider, 1);
    byte[] srtp = Packets.protectRtp(sender, hex(RTP), 0);
    byte[] srtcp = Packets.protectRtcp(sender, hex(RTCP));
    assertThat(hex(srtp)).isEqualTo(RTP_HEADER + rtp);
    assertThat(hex(srtcp)).isEqualTo(RTCP_HEADER + rtcp);

    SrtpSession receiver = new SrtpSession(material, provider);
    assertThat(Packets.unprotectRtp(receiver, srtp)).isEqualTo(28);
    assertThat(Packets.unprotectRtcp(receiver, srtcp)).isEqualTo(24);
  }
}
