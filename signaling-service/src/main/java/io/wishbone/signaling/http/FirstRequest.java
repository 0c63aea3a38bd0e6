package io.wishbone.signaling.http;

import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/// A server that has just started takes a tenth of a second and more for its first request, until
/// everything is loaded that requests go through. So it makes that request itself, as soon as it
/// listens: an offer that names no stream and shows no credentials, which is refused before anybody
/// else is asked or anything is stored. It does not count in `wishbone_requests`.
///
/// Nobody waits for it, and nothing depends on it: where it does not come through, a client's
/// request is the first. A server that speaks nothing but HTTPS does without.
///
/// Runs on a virtual thread of its own.
@Singleton
public final class FirstRequest {

  private static final Logger LOG = Logger.getLogger(FirstRequest.class);
  private static final int PATIENCE_MILLIS = 2_000;
  private static final String REQUEST =
      """
      POST /whip/endpoint HTTP/1.1\r
      Host: localhost\r
      Content-Type: application/sdp\r
      Content-Length: 3\r
      Connection: close\r
      \r
      v=0\
      """;

  /// Of its end of the connection; 0 when there is none.
  private volatile int localPort;

  void start(@ObservesAsync HttpServerStart event) {
    HttpServerOptions options = event.options();
    if (options.getPort() > 0) {
      Thread.ofVirtual()
          .name("first request")
          .start(() -> make(options.getHost(), options.getPort()));
    }
  }

  /// Whether this is the server's own first request.
  public boolean isThis(HttpServerRequest request) {
    int port = localPort;
    // Of the connection, not what a proxy says of the client.
    return port != 0 && request.connection().remoteAddress().port() == port;
  }

  /// Makes it, and waits for the answer.
  ///
  /// @param host that the server listens at; it may be any address
  public void make(String host, int port) {
    try (var socket = new Socket()) {
      InetAddress address = InetAddress.getByName(host);
      InetAddress own = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      socket.bind(new InetSocketAddress(own, 0));
      localPort = socket.getLocalPort();
      socket.connect(new InetSocketAddress(own, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      LOG.debugf("The first request is answered: %s", answer.lines().findFirst().orElse("nothing"));
    } catch (IOException failure) {
      LOG.debugf("The first request will be a client's: %s", failure.getMessage());
    } finally {
      localPort = 0;
    }
  }
}
