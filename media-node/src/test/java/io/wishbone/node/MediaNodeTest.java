package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.IceRestarted;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.RestartIce;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.metrics.NodeMeters;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.node.tracing.NodeTraces;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The node as a program runs it: real sockets, real event loops, real time.
class MediaNodeTest {
  private static final StreamName STREAM = new StreamName("demo");
  private static final SessionId PUBLISHER = new SessionId("publisher-0123456789abcdef");
  private static final SessionId VIEWER = new SessionId("viewer-0123456789abcdef01");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final InProcessCarrier carrier = new InProcessCarrier(PATIENCE);
  private final LinkedBlockingQueue<NodeEvent> events = new LinkedBlockingQueue<>();
  private final MediaNode node =
      new MediaNode(
          settings(0),
          new MediaLoops(vertx),
          carrier,
          carrier,
          NodeMeters.none(),
          NodeTraces.none());

  private static NodeSettings settings(int port, String... advertised) {
    return new NodeSettings(
        new NodeId("node-1"),
        "here",
        "",
        2,
        InetAddress.ofLiteral("127.0.0.1"),
        false,
        port,
        List.of(advertised),
        10,
        0,
        List.of(),
        List.of(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(7),
        Duration.ofSeconds(30),
        SendPath.USUAL,
        "auto",
        RelaySettings.USUAL,
        MediaPolicy.USUAL);
  }

  @BeforeEach
  void start() {
    carrier.watch(events::add);
    node.start();
    carrier.register(node.id(), node.commands());
  }

  @AfterEach
  void stop() {
    node.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Reply send(Command command) {
    return carrier.send(node.id(), command).toCompletableFuture().join();
  }

  private UdpPeer join(SessionId id, SessionRole role) throws Exception {
    var peer = new UdpPeer(role == SessionRole.PUBLISHER ? Direction.SENDONLY : Direction.RECVONLY);
    Reply reply = send(new OpenSession(id, STREAM, role, peer.offer()));
    assertThat(reply).isInstanceOf(SessionOpened.class);
    peer.accept(((SessionOpened) reply).answer());
    assertThat(peer.runUntil(peer::isConnected, PATIENCE)).isTrue();
    return peer;
  }

  private <T extends NodeEvent> T await(Class<T> kind) throws InterruptedException {
    while (true) {
      NodeEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(event).as("an event in time").isNotNull();
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  @Test
  void forwardsPacketsBetweenRealSockets() throws Exception {
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER);
        UdpPeer viewer = join(VIEWER, SessionRole.SUBSCRIBER)) {
      assertThat(await(SessionConnected.class))
          .isEqualTo(new SessionConnected(PUBLISHER, STREAM, SessionRole.PUBLISHER));
      assertThat(await(SessionConnected.class))
          .isEqualTo(new SessionConnected(VIEWER, STREAM, SessionRole.SUBSCRIBER));

      for (int i = 0; i < 200; i++) {
        publisher.sendSound(960 * i);
      }

      assertThat(viewer.runUntil(() -> viewer.received().size() == 200, PATIENCE)).isTrue();
      int first = viewer.received().getFirst();
      for (int i = 0; i < 200; i++) {
        assertThat(viewer.received().get(i)).isEqualTo(first + i);
      }
    }
  }

  @Test
  void saysWhyASessionEndedAndTellsItsPeer() throws Exception {
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER)) {
      assertThat(send(new CloseSession(PUBLISHER, CloseReason.CLIENT_DELETED)))
          .isEqualTo(new SessionClosed(PUBLISHER));

      SessionEnded ended = await(SessionEnded.class);
      assertThat(ended.sessionId()).isEqualTo(PUBLISHER);
      assertThat(ended.reason()).isEqualTo(CloseReason.CLIENT_DELETED);
      assertThat(publisher.runUntil(() -> publisher.closeReason() != null, PATIENCE)).isTrue();
      assertThat(publisher.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
      assertThat(send(new CloseSession(PUBLISHER, CloseReason.CLIENT_DELETED)))
          .isEqualTo(new SessionClosed(PUBLISHER));
    }
  }

  @Test
  void saysGoodbyeToEverybodyWhenItStops() throws Exception {
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER)) {
      node.stop();

      assertThat(publisher.runUntil(() -> publisher.closeReason() != null, PATIENCE)).isTrue();
      assertThat(await(SessionEnded.class).reason()).isEqualTo(CloseReason.NODE_STOPPING);
      assertThat(send(new OpenSession(VIEWER, STREAM, SessionRole.SUBSCRIBER, publisher.offer())))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Refusal.NODE_DRAINING));
    }
  }

  @Test
  void restartsIceWithNewCredentials() throws Exception {
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER)) {
      Reply reply =
          send(
              new RestartIce(
                  PUBLISHER, "a=ice-ufrag:fresh\r\na=ice-pwd:freshfreshfreshfreshfresh\r\n"));

      assertThat(reply).isInstanceOf(IceRestarted.class);
      SdpFragment fragment = SdpFragment.parse(((IceRestarted) reply).fragment());
      assertThat(fragment.iceLite()).isTrue();
      assertThat(fragment.iceOptions()).containsExactly("trickle", "ice2");
      assertThat(fragment.candidates()).hasSize(1);
      assertThat(fragment.credentials()).isNotNull();
      assertThat(publisher.isConnected()).isTrue();
    }
  }

  @Test
  void refusesWhatIsNoOfferAndWhoIsNotThere() {
    assertThat(send(new OpenSession(PUBLISHER, STREAM, SessionRole.PUBLISHER, "nonsense")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.MALFORMED_OFFER));
    assertThat(send(new RestartIce(VIEWER, "a=ice-ufrag:fresh\r\n")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.SESSION_UNKNOWN));
  }

  @Test
  void saysThatItIsAlive() throws Exception {
    assertThat(await(NodeHeartbeat.class))
        .isEqualTo(new NodeHeartbeat(node.id(), "here", "", 0, 0, 20, false));
    node.drain();
    NodeHeartbeat beat = await(NodeHeartbeat.class);
    while (!beat.draining()) {
      beat = await(NodeHeartbeat.class);
    }
    assertThat(beat.draining()).isTrue();
  }

  @Test
  void asksToEndWhenItsSessionsHaveHadTheirTime() throws Exception {
    var gone = new CompletableFuture<Boolean>();
    node.whenGone(() -> gone.complete(true));
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER)) {
      Reply reply = send(new Drain(VIEWER, true, Duration.ZERO));

      assertThat(reply).isEqualTo(new DrainChanged(VIEWER, 1));
      assertThat(gone).succeedsWithin(PATIENCE);
      assertThat(publisher.closeReason()).isNull();
      node.stop();
      assertThat(publisher.runUntil(() -> publisher.closeReason() != null, PATIENCE)).isTrue();
    }
  }

  @Test
  void asksToEndWhenItHasNoSessionsLeft() throws Exception {
    var gone = new CompletableFuture<Boolean>();
    node.whenGone(() -> gone.complete(true));
    try (UdpPeer publisher = join(PUBLISHER, SessionRole.PUBLISHER)) {
      node.leave(Duration.ofHours(1));
      assertThat(send(new OpenSession(VIEWER, STREAM, SessionRole.SUBSCRIBER, publisher.offer())))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Refusal.NODE_DRAINING));
      assertThat(gone).isNotDone();
      publisher.close();
      assertThat(gone).succeedsWithin(PATIENCE);
    }
  }

  @Test
  void namesThePortThatItCannotHave() {
    int taken = node.candidates().getFirst().port();
    var second =
        new MediaNode(
            settings(taken),
            new MediaLoops(vertx),
            carrier,
            carrier,
            NodeMeters.none(),
            NodeTraces.none());

    assertThatThrownBy(second::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + taken);
    second.stop();
  }

  @Test
  void doesNotStartWithANameThatNobodyKnows() {
    var second =
        new MediaNode(
            settings(0, "no-such-host.invalid"),
            new MediaLoops(vertx),
            carrier,
            carrier,
            NodeMeters.none(),
            NodeTraces.none());

    assertThatThrownBy(second::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-host.invalid");
    second.stop();
  }
}
