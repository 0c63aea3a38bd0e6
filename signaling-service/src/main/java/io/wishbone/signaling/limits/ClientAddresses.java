package io.wishbone.signaling.limits;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.wishbone.signaling.SignalingConfig;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Says where requests come from, to whoever decides by it.
///
/// The framework's own idea of it is the first entry of `X-Forwarded-For`, which the client itself
/// may have written.
@Singleton
public final class ClientAddresses {

  private final Networks trusted;

  ClientAddresses(SignalingConfig config) {
    this.trusted = Networks.parse(config.trustedProxies());
  }

  /// The client's own address, as far as trusted proxies say it, without a port.
  ///
  /// @return null when the other end of the connection has none
  public @Nullable String of(HttpServerRequest request) {
    InetAddress address = addressOf(request);
    return address == null ? null : address.getHostAddress();
  }

  /// The same, to look up.
  public @Nullable InetAddress addressOf(HttpServerRequest request) {
    ClientAddress client = client(request);
    return client == null ? null : client.address();
  }

  /// Whether the other end of the connection is a proxy that is believed what it says.
  public boolean isFromTrustedProxy(HttpServerRequest request) {
    InetAddress peer = peer(request);
    return peer != null && trusted.contain(peer);
  }

  @Nullable ClientAddress client(HttpServerRequest request) {
    InetAddress peer = peer(request);
    return peer == null
        ? null
        : ClientAddress.of(peer, request.headers().getAll("X-Forwarded-For"), trusted);
  }

  private static @Nullable InetAddress peer(HttpServerRequest request) {
    SocketAddress remote = request.connection().remoteAddress();
    String peer = remote == null ? null : remote.hostAddress();
    return peer == null ? null : InetAddress.ofLiteral(peer);
  }
}
