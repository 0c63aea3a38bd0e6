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
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.jboss.logging.Logger;

/// A server that has just started takes a tenth of a second and more for its first request, until
/// what every request goes through is loaded. So it makes that request itself, as soon as it
/// listens, at each port that it listens at; over TLS where clients come over TLS, and then over
/// HTTP/2 as well: an offer that names no stream and shows no credentials, which is refused before
/// anybody else is asked or anything is stored. It counts in no metric of requests, and is not
/// traced.
///
/// It goes no further than to that refusal, a 401 or 400: what reads tokens, bodies and offers is
/// loaded by the first client's request that gets so far.
///
/// Nobody waits for it, and nothing depends on it: where it does not come through, a client's
/// request is the first.
///
/// Runs on virtual threads of its own.
@Singleton
public final class FirstRequest {

  private static final Logger LOG = Logger.getLogger(FirstRequest.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
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
    start(event.options(), "http", HttpClient::newBuilder);
  }

  void start(@ObservesAsync HttpsServerStart event) {
    HttpServerOptions options = event.options();
    start(
        options,
        "https",
        () -> HttpClient.newBuilder().sslContext(OwnCertificate.of(options, vertx).context()));
  }

  /// A client, which may be had or not.
  private interface Client {
    HttpClient.Builder get() throws GeneralSecurityException;
  }

  private void start(HttpServerOptions options, String scheme, Client client) {
    if (options.getPort() > 0) {
      Thread.ofVirtual()
          .name("first request")
          .start(() -> {
            make(scheme, Version.HTTP_1_1, options.getHost(), options.getPort(), client);
            if (scheme.equals("https")) {
              make(scheme, Version.HTTP_2, options.getHost(), options.getPort(), client);
            }
          });
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

  /// Makes it without TLS, and waits for the answer. Whatever goes wrong is only logged.
  ///
  /// @param host that the server listens at; it may be any address
  public void make(String host, int port) {
    make("http", Version.HTTP_1_1, host, port, HttpClient::newBuilder);
  }

  private void make(String scheme, Version version, String host, int port, Client client) {
    try (HttpClient made =
        client.get().version(version).proxy(HttpClient.Builder.NO_PROXY).build()) {
      InetAddress address = InetAddress.getByName(host);
      InetAddress own = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
      URI endpoint =
          new URI(scheme, null, own.getHostAddress(), port, "/whip/endpoint", null, null);
      HttpRequest request =
          HttpRequest.newBuilder(endpoint)
              .timeout(PATIENCE)
              .header(HEADER, mark)
              .header("Content-Type", ContentTypes.SDP)
              .POST(BodyPublishers.ofString("v=0"))
              .build();
      HttpResponse<Void> answer = made.send(request, BodyHandlers.discarding());
      LOG.debugf(
          "The first request at port %d is answered: %s %d",
          (Integer) port, answer.version(), (Integer) answer.statusCode());
    } catch (IOException
        | GeneralSecurityException
        | URISyntaxException
        | RuntimeException failure) {
      // A key store or an address may be of a kind that nobody thought of. Clients are served all
      // the same.
      LOG.debugf(
          "The first request at port %d will be a client's: %s",
          (Integer) port, failure.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
