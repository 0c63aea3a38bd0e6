package io.wishbone.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.net.ServerSocket;
import org.junit.jupiter.api.RepeatedTest;

class FreePortsTest {

  @RepeatedTest(20)
  void areFreeAndNotOfThoseThatTheSystemGivesOut() {
    int first = FreePorts.inARow(5);
    assertThat(first).isBetween(20_000, 32_000);
    for (int i = 0; i < 5; i++) {
      int port = first + i;
      assertThatCode(() -> new ServerSocket(port).close()).doesNotThrowAnyException();
    }
  }
}
