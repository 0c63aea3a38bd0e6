package io.wishbone.webrtc.srtp;

import static io.wishbone.webrtc.srtp.Packets.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpKeyingMaterialTest {

  @Test
  void splitsKeysFirstAndSaltsThen() {
    String exported = "c0".repeat(16) + "50".repeat(16) + "c1".repeat(12) + "51".repeat(12);
    SrtpKeyingMaterial client =
        SrtpKeyingMaterial.split(SrtpProfile.AEAD_AES_128_GCM, hex(exported), true);
    assertThat(client.local()).isEqualTo(new SrtpKeys(hex("c0".repeat(16)), hex("c1".repeat(12))));
    assertThat(client.remote()).isEqualTo(new SrtpKeys(hex("50".repeat(16)), hex("51".repeat(12))));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLocalToTheClientIsRemoteToTheServer(SrtpProfile profile) {
    SrtpKeyingMaterial client = Packets.keys(profile, true);
    SrtpKeyingMaterial server = Packets.keys(profile, false);
    assertThat(client.local()).isEqualTo(server.remote()).isNotEqualTo(server.local());
    assertThat(client.remote()).isEqualTo(server.local());
  }

  @Test
  void refusesMaterialOfAnotherLength() {
    assertThatThrownBy(
            () -> SrtpKeyingMaterial.split(SrtpProfile.AEAD_AES_128_GCM, new byte[60], true))
        .isInstanceOf(IllegalArgumentException.class);
    SrtpKeys keys = new SrtpKeys(new byte[16], new byte[14]);
    assertThatThrownBy(() -> new SrtpKeyingMaterial(SrtpProfile.AEAD_AES_128_GCM, keys, keys))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void profilesAreFoundByTheirNumber(SrtpProfile profile) {
    assertThat(SrtpProfile.withId(profile.id())).contains(profile);
  }

  @Test
  void profilesHaveTheNumbersAndSizesOfTheirRfcs() {
    assertThat(SrtpProfile.AES128_CM_HMAC_SHA1_80.id()).isEqualTo(1);
    assertThat(SrtpProfile.AEAD_AES_128_GCM.id()).isEqualTo(7);
    assertThat(SrtpProfile.AEAD_AES_256_GCM.id()).isEqualTo(8);
    assertThat(SrtpProfile.withId(2)).isEmpty();
    assertThat(SrtpProfile.AES128_CM_HMAC_SHA1_80.keyingMaterialLength()).isEqualTo(60);
    assertThat(SrtpProfile.AEAD_AES_128_GCM.keyingMaterialLength()).isEqualTo(56);
    assertThat(SrtpProfile.AEAD_AES_256_GCM.keyingMaterialLength()).isEqualTo(88);
  }

  @Test
  void keysAreNotPrintedAndNotShared() {
    byte[] key = {0x41, 0x42, 0x43};
    SrtpKeys keys = new SrtpKeys(key, new byte[] {0x44});
    key[0] = 0;
    keys.masterKey()[1] = 0;
    assertThat(keys.masterKey()).containsExactly(0x41, 0x42, 0x43);
    assertThat(keys).hasToString("SrtpKeys[3 + 1 bytes]");
    assertThat(keys).isEqualTo(new SrtpKeys(keys.masterKey(), keys.masterSalt()));
    assertThat(keys).hasSameHashCodeAs(new SrtpKeys(keys.masterKey(), keys.masterSalt()));
  }

  @Test
  void failuresTravelAsNegativeNumbers() {
    for (SrtpFailure failure : SrtpFailure.values()) {
      assertThat(failure.code()).isNegative();
      assertThat(SrtpFailure.of(failure.code())).isEqualTo(failure);
    }
    assertThatThrownBy(() -> SrtpFailure.of(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SrtpFailure.of(-99)).isInstanceOf(IllegalArgumentException.class);
  }
}
