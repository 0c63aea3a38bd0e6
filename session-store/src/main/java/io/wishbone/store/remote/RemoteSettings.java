package io.wishbone.store.remote;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// How to reach the Infinispan Servers.
///
/// @param servers `host:port`, with commas between several
/// @param username null when they ask for none
/// @param password null when they ask for none
/// @param clientProperties settings of the Hot Rod client, such as
///   `infinispan.client.hotrod.use_ssl`
public record RemoteSettings(
    String servers,
    @Nullable String username,
    @Nullable String password,
    Properties clientProperties) {

  /// Servers that ask for nothing.
  public RemoteSettings(String servers) {
    this(servers, null, null, new Properties());
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
