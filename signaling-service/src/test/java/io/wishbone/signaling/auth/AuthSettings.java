package io.wishbone.signaling.auth;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.wishbone.signaling.SignalingConfig;
import java.util.HashMap;
import java.util.Map;

/// Settings as a server has them: the defaults, and what a test says.
final class AuthSettings {

  private AuthSettings() {}

  /// @param pairs names without the prefix `wishbone.`, and values, in turn
  static SignalingConfig of(String... pairs) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put("wishbone." + pairs[i], pairs[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addPropertiesSources()
        .withMapping(SignalingConfig.class)
        .withSources(new PropertiesConfigSource(values, "test", 500))
        .build()
        .getConfigMapping(SignalingConfig.class);
  }
}
