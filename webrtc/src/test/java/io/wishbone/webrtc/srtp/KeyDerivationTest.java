package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyDerivationTest {

  /// RFC 3711 appendix B.3.
  private static final SrtpKeys KEYS =
      new SrtpKeys(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));

  @Test
  void derivesTheKeysOfRfc3711AppendixB3() {
    SrtpSessionKeys keys =
        KeyDerivation.derive(SrtpProfile.AES128_CM_HMAC_SHA1_80, KEYS, SrtpChannel.RTP);
    assertThat(keys.encryptionKey()).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
    assertThat(keys.salt()).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
    assertThat(keys.authenticationKey()).isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
  }

  @Test
  void derivesTheLongAuthenticationKeyOfRfc3711AppendixB3() {
    assertThat(KeyDerivation.derive(KEYS, SrtpChannel.RTP.authenticationLabel(), 94))
        .isEqualTo(
            hex(
                """
                CEBE321F6FF7716B6FD4AB49AF256A15 6D38BAA48F0A0ACF3C34E2359E6CDBCE
                E049646C43D9327AD175578EF7227098 6371C10C9A369AC2F94A8C5FBCDDDC25
                6D6E919A48B610EF17C2041E47403576 6B68642C59BBFC2F34DB60DBDFB2
                """));
  }

  @Test
  void derivesOtherKeysForRtcp() {
    SrtpSessionKeys keys =
        KeyDerivation.derive(SrtpProfile.AES128_CM_HMAC_SHA1_80, KEYS, SrtpChannel.RTCP);
    assertThat(keys.encryptionKey()).isEqualTo(hex("4C1AA45A81F73D61C800BBB00FBB1EAA"));
    assertThat(keys.authenticationKey()).isEqualTo(hex("8D54534FEB49AE8E7993A6BD0B844FC323A93DFD"));
    assertThat(keys.salt()).isEqualTo(hex("9581C7AD87B3E530BF3E4454A8B3"));
  }

  @Test
  void derivesNoAuthenticationKeyForGcm() {
    SrtpKeys master = new SrtpKeys(new byte[32], new byte[12]);
    SrtpSessionKeys keys =
        KeyDerivation.derive(SrtpProfile.AEAD_AES_256_GCM, master, SrtpChannel.RTP);
    assertThat(keys.encryptionKey()).hasSize(32);
    assertThat(keys.authenticationKey()).isEmpty();
    assertThat(keys.salt()).hasSize(12);
  }
}
