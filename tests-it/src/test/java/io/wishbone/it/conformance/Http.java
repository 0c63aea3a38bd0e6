package io.wishbone.it.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends exactly what it is told, and follows nothing.
final class Http {
  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final AtomicInteger STREAMS = new AtomicInteger();

  private final HttpProtocol protocol;
  private final URI base;

  Http(HttpProtocol protocol, URI base) {
    this.protocol = protocol;
    this.base = base;
  }

  /// What all URLs of the server begin with, `https://localhost:8443/`.
  URI base() {
    return base;
  }

  /// A name that no other test has.
  static String stream() {
    return "stream-" + STREAMS.incrementAndGet();
  }

  static String whip(String stream) {
    return "/whip/endpoint/" + stream;
  }

  static String whep(String stream) {
    return "/whep/endpoint/" + stream;
  }

  /// @param target a path, or a whole URL
  /// @param headers names and values in turn
  Response send(String method, String target, String body, String... headers) {
    return new Response(send(BodyHandlers.ofString(), method, target, body, headers));
  }

  /// The same, for a response that is read while it comes.
  <T> HttpResponse<T> send(
      BodyHandler<T> handler, String method, String target, String body, String... headers) {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request = HttpRequest.newBuilder(base.resolve(target)).method(method, publisher);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<T> response = protocol.client().send(request.build(), handler);
      // A client that finds no HTTP/2 falls back without a word.
      if (response.version() != protocol.version()) {
        throw new AssertionError(protocol + " was answered by " + response.version());
      }
      return response;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  Response get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  Response options(String target, String... headers) {
    return send("OPTIONS", target, "", headers);
  }

  Response delete(String target, String... headers) {
    return send("DELETE", target, "", headers);
  }

  Response post(String target, String offer, String... headers) {
    return send("POST", target, offer, with(headers, "Content-Type", SDP));
  }

  Response patch(String target, String ifMatch, String fragment) {
    return send("PATCH", target, fragment, "Content-Type", FRAGMENT, "If-Match", ifMatch);
  }

  /// Publishes a recorded offer under a name of its own.
  Session publish(String offer) {
    return open(whip(stream()), offer);
  }

  /// Publishes sound and picture, and plays them.
  Session play(String offer) {
    return open(whep(publish(Sdp.PUBLISHER).stream()), offer);
  }

  Session open(String endpoint, String offer, String... headers) {
    Response response = post(endpoint, offer, headers);
    if (response.status() != 201) {
      throw new AssertionError(response.status() + " " + response.body());
    }
    return new Session(this, endpoint, offer, response);
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }
}
