package io.wishbone.signaling;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.wishbone.signaling.auth.Operator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A server that asks the operator's program about every session. A server that asks an operator's
/// program who may come in.
abstract class WebhookOverHttp extends OverHttp {

  static final String SECRET = "shared with the operator";
  static final int PLACES = 2;

  /// A server that asks at a port where the program is not yet.
  public static final class WithWebhook implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth",
          "webhook",
          "wishbone.webhook.url",
          "http://127.0.0.1:" + freePort() + "/may?from=wishbone",
          "wishbone.webhook.timeout",
          "2s",
          "wishbone.webhook.concurrency",
          Integer.toString(PLACES),
          "wishbone.webhook.secret",
          SECRET,
          "wishbone.trusted-proxies",
          "127.0.0.0/8,::1",
          "wishbone.limits.per-subject",
          "1",
          "wishbone.ice-servers",
          "stun:stun.example.org");
    }

    private static int freePort() {
      try (var socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @ConfigProperty(name = "wishbone.webhook.url")
  URI address;

  Operator operator;

  @BeforeEach
  void start() {
    operator = new Operator(address.getPort());
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  HttpResponse<String> publish(String authorization) {
    return http.post(
        "/whip/endpoint/studio?ticket=7&x=%20", RealOffers.minimal("sendonly"), authorization);
  }
}
