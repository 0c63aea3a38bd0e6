package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Nodes that take longer to answer than a connection may be idle.
@QuarkusTest
@TestProfile(SlowAnswersTest.Impatient.class)
class SlowAnswersTest extends OverHttp {

  private static final int PATIENCE_MILLIS = 60_000;

  /// A server whose connections count as idle soon.
  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.http.idle-timeout", "1S", "wishbone.keep-alive", "2s");
    }
  }

  @Test
  void arriveAlthoughTheConnectionWasSilentForLong() {
    node.beforeReply(this::outlastTwoIdleConnections);
    String session = location(http.publish("studio"));
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void leaveConnectionsThatAreClosedWhenNoOtherRequestComes() throws IOException {
    try (var client = idle()) {
      client.getOutputStream().write(Http.bytes(DELETE));
      assertThat(new String(client.getInputStream().readAllBytes()))
          .startsWith("HTTP/1.1 404 ")
          .doesNotContain("onnection: close");
    }
  }

  private static final String DELETE =
      "DELETE /whip/resource/abcdefghijklmnopqrstuv HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /// Waits for as long as the server leaves two others alone, one after the other.
  private void outlastTwoIdleConnections() {
    for (int i = 0; i < 2; i++) {
      try (var other = idle()) {
        assertThat(other.getInputStream().read()).isEqualTo(-1);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private Socket idle() throws IOException {
    var socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
