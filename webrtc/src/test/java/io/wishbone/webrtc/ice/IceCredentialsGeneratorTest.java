package io.wishbone.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.IceCredentials;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsGeneratorTest {

  @Test
  void drawsIceCharactersInTheLengthsOfTheRfc() {
    Random random = new Random(1);
    Set<String> fragments = new HashSet<>();
    Set<String> passwords = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      IceCredentials credentials = IceCredentialsGenerator.generate(random);
      assertThat(credentials.usernameFragment()).matches("[A-Za-z0-9+/]{8}");
      assertThat(credentials.password()).matches("[A-Za-z0-9+/]{24}");
      fragments.add(credentials.usernameFragment());
      passwords.add(credentials.password());
    }
    assertThat(fragments).hasSize(1000);
    assertThat(passwords).hasSize(1000);
  }
}
