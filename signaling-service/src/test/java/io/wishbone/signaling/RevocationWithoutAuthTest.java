package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server that knows nobody: whoever is on its machine is its operator.
@QuarkusTest
class RevocationWithoutAuthTest extends OverHttp {

  @Inject RevocationStore revocations;

  @AfterEach
  void forget() {
    for (RevocationRecord revocation : revocations.all()) {
      revocations.remove(revocation.id());
    }
  }

  @Test
  void lookAtTheMachineThatAsks() {
    location(http.publish("studio"));
    var response =
        http.send(
            "POST",
            "/api/v1/revocations",
            Http.bytes("{\"stream\":\"studio\"}"),
            "Content-Type",
            "application/json");
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).contains("\"ended\":1");
    assertThat(http.publish("studio").statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: elsewhere.example",
        "Host: localhost.elsewhere.example:80",
        "Host: localhost\r\nX-Forwarded-For: 127.0.0.1",
        "Host: localhost\r\nForwarded: for=127.0.0.1",
        "Host: localhost\r\nx-forwarded-host: localhost"
      })
  void refuseWhoComesFromElsewhere(String head) throws IOException {
    try (var socket = new Socket(base.getHost(), base.getPort())) {
      String request = "GET /api/v1/revocations HTTP/1.1\r\n" + head;
      String end = "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write((request + end).getBytes(StandardCharsets.US_ASCII));
      String response =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(response).startsWith("HTTP/1.1 403 ");
    }
  }
}
