package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a revocation does to media that are flowing, seen by those who send and get them.
class RevocationIT {
  @RegisterExtension static final SharedServer server = SharedServer.guarded();

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PROMISED = Duration.ofSeconds(1);

  /// The machine may have other things to do for once, not each time.
  private static final int ATTEMPTS = 3;

  /// Of sound there would be 25 packets in this time.
  private static final Duration SILENCE = Duration.ofMillis(500);

  private final Http http = server.http();
  private final ClientParts parts =
      ClientParts.start("wishbone-conformance", new SignalingClient(null));

  @AfterEach
  void closeParts() {
    parts.close();
  }

  private void connect(String endpoint, SoundPeer peer, String subject)
      throws InterruptedException, ExecutionException {
    String stream = endpoint.substring(endpoint.lastIndexOf('/') + 1);
    Session session =
        http.open(endpoint, peer.offer(), "Authorization", Token.bearer(stream, subject));
    peer.accept(session.answer());
    await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(peer::isConnected);
  }

  private static void awaitMore(SoundPeer viewer, int packets) {
    int before = viewer.received().size();
    await().atMost(PATIENCE).until(() -> viewer.received().size() >= before + packets);
  }

  /// @param ended how many sessions it is to end
  private void revoke(String what, String name, int ended) {
    Response revoked =
        http.send(
            "POST",
            "/api/v1/revocations",
            "{\"%s\":\"%s\"}".formatted(what, name),
            "Content-Type",
            "application/json",
            "Authorization",
            Token.operator());
    assertThat(revoked.status()).as(revoked.body()).isEqualTo(201);
    assertThat(revoked.body()).contains("\"ended\":" + ended);
  }

  private static void awaitGoodbye(SoundPeer... peers) {
    for (SoundPeer peer : peers) {
      await().atMost(PATIENCE).until(() -> peer.closeReason() != null);
      assertThat(peer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    }
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /// How long after a stream is revoked the later of its publisher and its viewer has been told.
  private Duration timeToGoodbye() throws IOException, InterruptedException, ExecutionException {
    String stream = Http.stream();
    SoundPeer publisher = SoundPeer.publisher(parts);
    SoundPeer viewer = SoundPeer.viewer(parts);
    connect(Http.whip(stream), publisher, "studio-" + stream);
    connect(Http.whep(stream), viewer, "viewer-" + stream);
    awaitMore(viewer, 10);

    long begin = System.nanoTime();
    revoke("stream", stream, 2);
    awaitGoodbye(publisher, viewer);
    Duration toPublisher = Duration.ofNanos(publisher.closedNanos() - begin);
    Duration toViewer = Duration.ofNanos(viewer.closedNanos() - begin);
    System.out.printf(
        "A live stream was revoked: goodbye to its publisher after %d ms, to its viewer after %d"
            + " ms%n",
        toPublisher.toMillis(), toViewer.toMillis());

    await().during(SILENCE).atMost(PATIENCE).until(() -> publisher.late() + viewer.late() == 0);
    return max(toPublisher, toViewer);
  }

  @Test
  void w9_revokingAStreamEndsItsMediaWithinASecond()
      throws IOException, InterruptedException, ExecutionException {
    Duration fastest = timeToGoodbye();
    for (int attempt = 1; attempt < ATTEMPTS && fastest.compareTo(PROMISED) > 0; attempt++) {
      fastest = min(fastest, timeToGoodbye());
    }
    assertThat(fastest).isLessThanOrEqualTo(PROMISED);
  }

  @Test
  void w9_revokingASubjectStopsWhatItGetsWhileTheStreamGoesOn()
      throws IOException, InterruptedException, ExecutionException {
    String stream = Http.stream();
    SoundPeer publisher = SoundPeer.publisher(parts);
    SoundPeer banned = SoundPeer.viewer(parts);
    SoundPeer other = SoundPeer.viewer(parts);
    connect(Http.whip(stream), publisher, "studio-" + stream);
    connect(Http.whep(stream), banned, "banned-" + stream);
    connect(Http.whep(stream), other, "other-" + stream);
    awaitMore(banned, 10);

    revoke("subject", "banned-" + stream, 1);
    awaitGoodbye(banned);
    awaitMore(other, 50);

    assertThat(banned.late()).isZero();
    assertThat(publisher.closeReason()).isNull();
    assertThat(other.closeReason()).isNull();
    assertThat(
            http.post(
                    Http.whep(stream),
                    Sdp.PLAYER,
                    "Authorization",
                    Token.bearer(stream, "banned-" + stream))
                .status())
        .isEqualTo(403);
  }
}
