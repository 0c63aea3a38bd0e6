package io.wishbone.signaling.limits;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Names the trusted proxies to the framework as networks, also those that are single addresses.
///
/// The framework takes an IPv6 address for the name of a host with a port. It then asks a name
/// server for it before every single request, with a socket that it never closes; each time that
/// the name server is silent, the request waits until the connection counts as idle.
///
/// Found by `META-INF/services`.
@Priority(Priorities.LIBRARY + TrustedProxyNetworks.ONCE_EXPRESSIONS_ARE_EXPANDED)
public final class TrustedProxyNetworks implements ConfigSourceInterceptor {

  static final int ONCE_EXPRESSIONS_ARE_EXPANDED = 400;

  private static final long serialVersionUID = 1;
  private static final String NAME = "quarkus.http.proxy.trusted-proxies";

  @Override
  public @Nullable ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
    ConfigValue value = context.proceed(name);
    return value == null || value.getValue() == null || !name.equals(NAME)
        ? value
        : value.withValue(networks(value.getValue()));
  }

  private static String networks(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(text -> network(text.strip()))
        .collect(Collectors.joining(","));
  }

  private static String network(String text) {
    try {
      return Networks.Network.parse(text).toString();
    } catch (IllegalArgumentException _) {
      // [ClientAddresses] reads the same list and says so.
      return text;
    }
  }
}
