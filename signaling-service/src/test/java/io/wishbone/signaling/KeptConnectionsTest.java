package io.wishbone.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Connections that reverse proxies keep for the next request.
@QuarkusTest
@TestProfile(KeptConnectionsTest.Keeping.class)
class KeptConnectionsTest extends OverHttp {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final String DELETE =
      "DELETE /whip/resource/abcdefghijklmnopqrstuv HTTP/1.1\r\nHost: localhost\r\n\r\n";

  /// A server whose connections count as idle soon, and are kept for long.
  public static final class Keeping implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.http.idle-timeout", "1S", "wishbone.keep-alive", "1h");
    }
  }

  @Test
  void serveRequestsThatComeLongAfterOneAnother() throws IOException {
    try (var client = connect()) {
      assertServed(client);
      for (int i = 0; i < 2; i++) {
        outlastASilentOne();
        assertServed(client);
      }
    }
  }

  @Test
  void areNotKeptForARequestThatDoesNotGetComplete() throws IOException {
    try (var resting = connect();
        var halfway = connect()) {
      assertServed(resting);
      assertServed(halfway);
      outlastASilentOne();
      halfway.getOutputStream().write(Http.bytes(DELETE.substring(0, DELETE.length() - 2)));
      assertThat(halfway.getInputStream().read()).isEqualTo(-1);
      assertServed(resting);
    }
  }

  private void outlastASilentOne() throws IOException {
    try (var silent = connect()) {
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  private static void assertServed(Socket client) throws IOException {
    client.getOutputStream().write(Http.bytes(DELETE));
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = client.getInputStream().read();
      assertThat(next).as("after: %s", head).isNotNegative();
      head.append((char) next);
    }
    assertThat(head.toString()).startsWith("HTTP/1.1 404 ");
    String length = head.toString().replaceAll("(?si).*content-length: (\\d+).*", "$1");
    client.getInputStream().readNBytes(Integer.parseInt(length));
  }

  private Socket connect() throws IOException {
    var socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }
}
