package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.ForwardingProxyOptions;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.smallrye.config.SmallRyeConfig;
import io.wishbone.control.OpenSession;
import java.net.http.HttpResponse;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TrustedProxyTest.BehindAProxy.class)
class TrustedProxyTest extends OverHttp {

  /// A server with a reverse proxy on the same machine.
  public static final class BehindAProxy implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.trusted-proxies", "127.0.0.0/8,::1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Host  | a/../b",
        "X-Forwarded-Host  | user@a",
        "X-Forwarded-Host  | a b",
        "X-Forwarded-Host  | [::1",
        "X-Forwarded-Proto | javascript",
        "X-Forwarded-Proto | ht tp",
      })
  void opensNothingWhenAProxySaysWhatMakesNoUrl(String name, String value) {
    var response = publish(name, value);
    assertThat(problem(response, 400)).contains("X-Forwarded-Host");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "99999", "443, 80"})
  void survivesPortsThatAreNone(String port) {
    var response = publish("X-Forwarded-Port", port);
    assertThat(response.statusCode()).isIn(201, 400);
    if (response.statusCode() == 201) {
      assertThat(location(response)).matches("http://[a-z0-9.:]+/whip/resource/[A-Za-z0-9_-]{22,}");
    }
  }

  private HttpResponse<String> publish(String name, String value) {
    return new Http(base)
        .send(
            "POST",
            "/whip/endpoint/studio",
            Http.bytes(RealOffers.minimal("sendonly")),
            "Content-Type",
            Http.SDP,
            name,
            value);
  }

  @Test
  void asksNoNameServerWhoTheReverseProxyIs() {
    var proxies =
        ForwardingProxyOptions.from(
                ConfigProvider.getConfig()
                    .unwrap(SmallRyeConfig.class)
                    .getConfigMapping(VertxHttpConfig.class)
                    .proxy())
            .trustedProxyCheckBuilder;
    assertThat(proxies.getHostNameToPort()).isNull();
  }

  @Test
  void sessionUrlsFollowTheReverseProxy() {
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
