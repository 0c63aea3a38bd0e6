package io.wishbone.signaling.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxyNetworksTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1               | 127.0.0.1/32",
        "10.0.0.0/8,::1          | 10.0.0.0/8,0:0:0:0:0:0:0:1/128",
        "2001:db8::5, 2001:db8::/32 | 2001:db8:0:0:0:0:0:5/128,2001:db8:0:0:0:0:0:0/32",
        "fe80::1%1               | fe80:0:0:0:0:0:0:1/128",
        "0.0.0.0/32              | 0.0.0.0/32",
        "proxy.example,::1       | proxy.example,0:0:0:0:0:0:0:1/128",
      })
  void areWhatTheFrameworkTakesForNoNames(String proxies, String networks) {
    var config = config(proxies);
    assertThat(config.getConfigValue("quarkus.http.proxy.trusted-proxies").getValue())
        .isEqualTo(networks);
    assertThat(config.getConfigValue("wishbone.trusted-proxies").getValue()).isEqualTo(proxies);
  }

  private static SmallRyeConfig config(String proxies) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withInterceptors(new TrustedProxyNetworks())
        .withDefaultValues(
            Map.of(
                "wishbone.trusted-proxies",
                proxies,
                "quarkus.http.proxy.trusted-proxies",
                "${wishbone.trusted-proxies}"))
        .build();
  }
}
