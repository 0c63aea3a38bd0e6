package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;

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

/// No proxy is trusted: what a client says of its region is not believed.
@QuarkusTest
@TestProfile(UntrustedRegionTest.WithoutProxies.class)
class UntrustedRegionTest {

  /// A server that would know what to make of the header.
  public static final class WithoutProxies implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.region", "eu",
          "wishbone.client-region.header", "X-Region",
          "wishbone.redirect.regions.us", "https://us.example.org",
          "wishbone.redirect.secret", "a-secret-that-all-regions-have-in-common");
    }
  }

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  @Test
  void believesNoStranger() {
    TestServer.reset(node, sessions, streams);
    location(
        new Http(base)
            .send(
                "POST",
                "/whip/endpoint/live",
                Http.bytes(RealOffers.minimal("sendonly")),
                "Content-Type",
                Http.SDP,
                "X-Region",
                "us"));
  }
}
