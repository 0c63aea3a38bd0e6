package io.wishbone.app.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortProbeTest {

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

  @Test
  void noticesThatThePortOfHttpIsTaken() throws IOException {
    try (var taken = new ServerSocket()) {
      taken.bind(ANY_PORT);
      int port = taken.getLocalPort();
      assertThat(refusal("127.0.0.1", port, 9400))
          .isEqualTo(
              "cannot listen on TCP port %d of 127.0.0.1: it is taken; choose another with --http-port"
                  .formatted(port));
    }
  }

  @Test
  void noticesThatThePortOfTheSecondWorkerIsTaken() throws IOException {
    try (var first = new ServerSocket();
        var taken = new DatagramSocket(ANY_PORT)) {
      first.bind(ANY_PORT);
      int freeTcpPort = first.getLocalPort();
      first.close();
      int port = taken.getLocalPort();
      assertThat(refusal("127.0.0.1", freeTcpPort, port - 1))
          .isEqualTo(
              "cannot listen on UDP port %d of 0.0.0.0: it is taken; choose another with --media-port"
                  .formatted(port));
    }
  }

  @Test
  void noticesThatTheAddressIsNotOfThisMachine() {
    assertThat(refusal("192.0.2.1", 8080, 9400))
        .isEqualTo(
            "cannot listen on TCP port 8080 of 192.0.2.1: this machine has no such address; choose"
                + " another with --bind");
  }

  private static String refusal(String bind, int httpPort, int mediaPort) {
    var settings =
        new Settings(
            Program.STANDALONE,
            Map.of(
                ListeningSettings.BIND,
                bind,
                ListeningSettings.HTTP_PORT,
                "" + httpPort,
                ListeningSettings.MEDIA_PORT,
                "" + mediaPort,
                MediaSettings.WORKERS,
                "2"));
    var refusal =
        catchThrowableOfType(StartRefusedException.class, () -> PortProbe.tryAll(settings));
    assertThat(refusal.exitCode()).isEqualTo(1);
    return String.valueOf(refusal.getMessage());
  }
}
