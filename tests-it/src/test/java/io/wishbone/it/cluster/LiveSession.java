package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.it.conformance.SoundPeer;
import io.wishbone.webrtc.sdp.SdpFragment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A session with real media, of a client that speaks with whichever pod it is told to.
///
/// @param path of the session URL
record LiveSession(SoundPeer peer, String stream, String path, String tag, String answer) {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long RETRY_MILLIS = 100;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// What a pod says to a session's offer, and how long it took.
  record Opening(SoundPeer peer, HttpResponse<String> response, double millis) {}

  /// What a client has said at first.
  record Offer(String text) {

    /// Asks once for a stream to publish.
    HttpResponse<String> publish(URI pod, String stream) {
      return send(
          HttpRequest.newBuilder(pod.resolve("whip/endpoint/" + stream))
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString(text)));
    }

    /// Trickles nothing to a session that was opened with it.
    HttpResponse<String> patch(URI session, String tag) {
      return send(
          HttpRequest.newBuilder(session)
              .header("Content-Type", "application/trickle-ice-sdpfrag")
              .header("If-Match", tag)
              .method(
                  "PATCH",
                  BodyPublishers.ofString(
                      line("a=ice-ufrag:")
                          + "\r\n"
                          + line("a=ice-pwd:")
                          + "\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n"
                          + "a=end-of-candidates\r\n")));
    }

    private String line(String prefix) {
      return text.lines().filter(each -> each.startsWith(prefix)).findFirst().orElseThrow();
    }
  }

  static LiveSession publish(ClientParts parts, URI pod, String stream) {
    return open(publisher(parts), pod, "whip", stream);
  }

  static LiveSession play(ClientParts parts, URI pod, String stream) {
    return open(viewer(parts), pod, "whep", stream);
  }

  static SoundPeer publisher(ClientParts parts) {
    try {
      return SoundPeer.publisher(parts);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static SoundPeer viewer(ClientParts parts) {
    try {
      return SoundPeer.viewer(parts);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static LiveSession open(SoundPeer peer, URI pod, String protocol, String stream) {
    return open(peer, pod, protocol, stream, "");
  }

  /// The same from a region, which pods of a cluster with regions believe.
  static LiveSession open(SoundPeer peer, URI pod, String protocol, String stream, String region) {
    // A busy machine may be told to come again.
    Opening opening =
        await()
            .atMost(PATIENCE)
            .until(
                () -> post(peer, pod, protocol, stream, region),
                each -> each.response().statusCode() != 503);
    assertThat(opening.response().statusCode()).as(opening.response().body()).isEqualTo(201);
    LiveSession session = of(opening, stream);
    await().atMost(PATIENCE).until(peer::isConnected);
    return session;
  }

  /// Publishes a stream whose publisher has been lost: asks again and again until it is let in.
  static LiveSession publishAgain(ClientParts parts, URI pod, String stream, String region) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Opening opening = post(publisher(parts), pod, "whip", stream, region);
      if (opening.response().statusCode() == 201) {
        return of(opening, stream);
      }
      assertThat(opening.response().statusCode()).isIn(409, 503);
      assertThat(System.nanoTime()).as(opening.response().body()).isLessThan(deadline);
      Pause.of(RETRY_MILLIS);
    }
  }

  /// Asks once.
  static Opening post(SoundPeer peer, URI pod, String protocol, String stream) {
    return post(peer, pod, protocol, stream, "");
  }

  /// The same from a region, which pods of a cluster with regions believe.
  static Opening post(SoundPeer peer, URI pod, String protocol, String stream, String region) {
    long begin = System.nanoTime();
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(pod.resolve(protocol + "/endpoint/" + stream))
                .header("Content-Type", "application/sdp")
                .header("X-Client-Region", region)
                .POST(BodyPublishers.ofString(peer.offer())));
    return new Opening(peer, response, (System.nanoTime() - begin) / 1e6);
  }

  /// Connects a session that was opened.
  static LiveSession of(Opening opening, String stream) {
    HttpResponse<String> response = opening.response();
    try {
      opening.peer().accept(response.body());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
    return new LiveSession(
        opening.peer(),
        stream,
        URI.create(response.headers().firstValue("Location").orElseThrow()).getPath(),
        response.headers().firstValue("ETag").orElseThrow(),
        response.body());
  }

  /// Waits as long as whoever was refused is asked to (`Retry-After`), and a moment where nothing
  /// is said of that.
  ///
  /// @return false when it was broken off
  static boolean pauseAfter(HttpResponse<?> refusal, long otherwiseMillis) {
    return Pause.of(
        refusal
            .headers()
            .firstValue("Retry-After")
            .map(seconds -> TimeUnit.SECONDS.toMillis(Long.parseLong(seconds)))
            .orElse(otherwiseMillis));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Trickles nothing: a PATCH that every living session answers by 204.
  HttpResponse<String> patch(URI pod) {
    return new Offer(peer.offer()).patch(pod.resolve(path), tag);
  }

  /// Asks for new credentials of ICE, and goes on under them when it gets them.
  ///
  /// @param shown the entity-tag that the client knows
  HttpResponse<String> restart(URI pod, String shown, String ufrag) {
    String asked =
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n"
            .formatted(ufrag, "fresh" + ufrag + "fresh0123456789fresh");
    HttpResponse<String> answered =
        send(
            HttpRequest.newBuilder(pod.resolve(path))
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .header("If-Match", shown)
                .method("PATCH", BodyPublishers.ofString(asked)));
    if (answered.statusCode() == 200) {
      try {
        peer.restart(SdpFragment.parse(asked), SdpFragment.parse(answered.body()));
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }
    return answered;
  }

  HttpResponse<String> delete(URI pod) {
    return send(HttpRequest.newBuilder(pod.resolve(path)).DELETE());
  }

  /// Waits for so many more packets.
  void awaitMore(int packets) {
    awaitMore(List.of(this), packets);
  }

  /// Waits until so many more packets have come to each.
  static void awaitMore(List<LiveSession> sessions, int packets) {
    Map<LiveSession, Integer> before = new IdentityHashMap<>();
    sessions.forEach(each -> before.put(each, each.peer().receivedCount()));
    await()
        .atMost(PATIENCE)
        .until(() ->
            before.entrySet().stream()
                .allMatch(
                    each -> each.getKey().peer().receivedCount() >= each.getValue() + packets));
  }
}
