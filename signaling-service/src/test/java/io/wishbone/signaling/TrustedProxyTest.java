package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TrustedProxyTest.BehindAProxy.class)
class TrustedProxyTest {

  /// A server with a reverse proxy on the same machine.
  public static final class BehindAProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.trusted-proxies", "127.0.0.0/8,::1");
    }
  }

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  @Test
  void sessionUrlsFollowTheReverseProxy() {
    TestServer.reset(node, sessions, streams);
    var response =
        new Http(base)
            .send(
                "POST",
                "/whip/endpoint/studio?region=eu",
                Http.bytes(RealOffers.minimal("sendonly")),
                "Content-Type",
                Http.SDP,
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "live.example.com",
                "X-Forwarded-Port",
                "443");
    assertThat(location(response))
        .matches("https://live\\.example\\.com(:443)?/whip/resource/[A-Za-z0-9_-]{22,}");
  }
}
