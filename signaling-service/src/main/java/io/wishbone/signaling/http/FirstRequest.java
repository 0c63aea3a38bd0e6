package io.wishbone.signaling.http;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.net.SocketFactory;
import org.jboss.logging.Logger;

/// A server that has just started takes a tenth of a second and more for its first request, until
/// everything is loaded that requests go through. So it makes that request itself, as soon as it
/// listens, at each port that it listens at, over TLS where clients come over TLS: an offer that
/// names no stream and shows no credentials, which is refused before anybody else is asked or
/// anything is stored. It counts in no metric of requests, and is not traced.
///
/// Nobody waits for it, and nothing depends on it: where it does not come through, a client's
/// request is the first.
///
/// Runs on virtual threads of its own.
@Singleton
public final class FirstRequest {

  private static final Logger LOG = Logger.getLogger(FirstRequest.class);
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int MARK_BYTES = 16;
  private static final String HEADER = "Wishbone-First-Request";

  private final CurrentVertxRequest requests;
  private final Vertx vertx;

  /// Only this process knows it: nobody else can ask not to be counted.
  private final String mark;

  FirstRequest(CurrentVertxRequest requests, Vertx vertx) {
    this.requests = requests;
    this.vertx = vertx;
    var random = new byte[MARK_BYTES];
    new SecureRandom().nextBytes(random);
    mark = HexFormat.of().formatHex(random);
  }

  void start(@ObservesAsync HttpServerStart event) {
    HttpServerOptions options = event.options();
    start(options, SocketFactory::getDefault);
  }

  void start(@ObservesAsync HttpsServerStart event) {
    HttpServerOptions options = event.options();
    start(options, () -> OwnCertificate.of(options, vertx).sockets());
  }

  /// Something to connect with, which may be had or not.
  private interface Sockets {
    SocketFactory get() throws GeneralSecurityException;
  }

  private void start(HttpServerOptions options, Sockets sockets) {
    if (options.getPort() > 0) {
      Thread.ofVirtual()
          .name("first request")
          .start(() -> make(options.getHost(), options.getPort(), sockets));
    }
  }

  /// Whether this is the server's own first request.
  public boolean isThis(HttpServerRequest request) {
    return mark.equals(request.getHeader(HEADER));
  }

  /// Whether what is being answered is the server's own first request.
  public boolean isCurrent() {
    return isThis(requests.getCurrent().request());
  }

  /// Makes it without TLS, and waits for the answer.
  ///
  /// @param host that the server listens at; it may be any address
  public void make(String host, int port) {
    make(host, port, SocketFactory::getDefault);
  }

  private void make(String host, int port, Sockets sockets) {
    try (Socket socket = sockets.get().createSocket()) {
      InetAddress address = InetAddress.getByName(host);
      InetAddress own = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      socket.connect(new InetSocketAddress(own, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text().getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      LOG.debugf(
          "The first request at port %d is answered: %s",
          (Integer) port, answer.lines().findFirst().orElse("nothing"));
    } catch (IOException | GeneralSecurityException failure) {
      LOG.debugf(
          "The first request at port %d will be a client's: %s",
          (Integer) port, failure.getMessage());
    }
  }

  private String text() {
    return """
    POST /whip/endpoint HTTP/1.1\r
    Host: localhost\r
    %s: %s\r
    Content-Type: application/sdp\r
    Content-Length: 3\r
    Connection: close\r
    \r
    v=0\
    """
        .formatted(HEADER, mark);
  }
}
