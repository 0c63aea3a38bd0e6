package io.wishbone.it.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends exactly what it is told, and follows nothing.
final class Http {
  static final String SDP = "application/sdp";
  static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(Redirect.NEVER)
          .build();
  private static final AtomicInteger STREAMS = new AtomicInteger();

  private final URI base;

  Http() {
    this(URI.create("http://localhost/"));
  }

  Http(URI base) {
    this.base = base;
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
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    var request = HttpRequest.newBuilder(base.resolve(target)).method(method, publisher);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
      return new Response(response);
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
