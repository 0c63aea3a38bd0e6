package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.dtls.DtlsIdentity;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class FirstHandshakeTest {

  @Test
  void goesAllTheWay() {
    var random = new SecureRandom();
    assertThat(FirstHandshake.make(DtlsIdentity.generate(random), random)).isTrue();
  }
}
