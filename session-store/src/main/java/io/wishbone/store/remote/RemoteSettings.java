package io.wishbone.store.remote;

import io.wishbone.store.StorePatience;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// How to reach the Infinispan Servers.
///
/// @param servers `host:port`, with commas between several
/// @param username null when they ask for none
/// @param password null when they ask for none
/// @param timeout after which an operation has failed; it is tried twice
/// @param clientProperties settings of the Hot Rod client, such as
///   `infinispan.client.hotrod.use_ssl`
public record RemoteSettings(
    String servers,
    @Nullable String username,
    @Nullable String password,
    Duration timeout,
    Properties clientProperties) {

  /// One operation may take all the time that a request has.
  public static final Duration TIMEOUT = StorePatience.OF_REQUESTS.dividedBy(2);

  /// Servers that ask for nothing.
  public RemoteSettings(String servers, Duration timeout) {
    this(servers, null, null, timeout, new Properties());
  }

  /// Hot Rod separates servers by semicolons.
  public RemoteSettings {
    servers = servers.replace(',', ';');
  }

  /// Keeps the password out of logs.
  @Override
  public String toString() {
    return "RemoteSettings[servers=" + servers + "]";
  }
}
