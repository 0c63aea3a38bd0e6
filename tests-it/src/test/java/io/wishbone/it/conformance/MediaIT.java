package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What HTTP does to media that are flowing.
class MediaIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Http http = server.http();
  private final ClientParts parts =
      ClientParts.start("wishbone-conformance", new SignalingClient(null));

  @AfterEach
  void closeParts() {
    parts.close();
  }

  private Session connect(String endpoint, SoundPeer peer)
      throws InterruptedException, ExecutionException {
    Session session = http.open(endpoint, peer.offer());
    peer.accept(session.answer());
    await().atMost(PATIENCE).until(peer::isConnected);
    return session;
  }

  private static void awaitMore(SoundPeer viewer, int packets) {
    int before = viewer.received().size();
    await().atMost(PATIENCE).until(() -> viewer.received().size() >= before + packets);
  }

  @Test
  void w8_w9_deleteSaysGoodbyeOverDtls()
      throws IOException, InterruptedException, ExecutionException {
    SoundPeer publisher = SoundPeer.publisher(parts);
    SoundPeer viewer = SoundPeer.viewer(parts);
    Session published = connect(Http.whip(Http.stream()), publisher);
    Session played = connect(Http.whep(published.stream()), viewer);
    awaitMore(viewer, 10);

    http.delete(played.url()).assertNothing(200);
    await().atMost(PATIENCE).until(() -> viewer.closeReason() != null);
    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(publisher.closeReason()).isNull();

    http.delete(published.url()).assertNothing(200);
    await().atMost(PATIENCE).until(() -> publisher.closeReason() != null);
    assertThat(publisher.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
  }

  @Test
  void o6_deleteAfterTheGoodbyeOverDtlsIs200AndTheStreamIsFree()
      throws IOException, InterruptedException, ExecutionException {
    SoundPeer publisher = SoundPeer.publisher(parts);
    Session session = connect(Http.whip(Http.stream()), publisher);

    publisher.close();
    await().atMost(PATIENCE).until(() -> http.post(session.endpoint(), Sdp.SOUND).status() == 201);

    http.delete(session.url()).assertNothing(200);
  }

  @Test
  void w31_w34_mediaGoOnThroughRestarts() throws Exception {
    SoundPeer publisher = SoundPeer.publisher(parts);
    SoundPeer viewer = SoundPeer.viewer(parts);
    Session published = connect(Http.whip(Http.stream()), publisher);
    Session played = connect(Http.whep(published.stream()), viewer);
    awaitMore(viewer, 10);

    restart(published, publisher, "again1");
    awaitMore(viewer, 50);
    restart(played, viewer, "again2");
    awaitMore(viewer, 100);

    List<Long> indexes = viewer.received().stream().sorted().toList();
    assertThat(indexes).doesNotHaveDuplicates();
    assertThat(indexes.getLast() - indexes.getFirst()).isEqualTo(indexes.size() - 1);
    assertThat(publisher.closeReason()).isNull();
    assertThat(viewer.closeReason()).isNull();
  }

  private static void restart(Session session, SoundPeer peer, String ufrag) throws Exception {
    String asked = Sdp.fragment(ufrag, Sdp.NEW_PWD);
    Response answered = session.patch("*", asked);
    assertThat(answered.status()).isEqualTo(200);
    peer.restart(SdpFragment.parse(asked), SdpFragment.parse(answered.body()));
  }
}
