package io.wishbone.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.wishbone.control.Command;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamPulled;
import io.wishbone.control.StreamStatus;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.metrics.NodeMeters;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.node.tracing.NodeTraces;
import io.wishbone.webrtc.sdp.Direction;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Streams between nodes as programs run them: real sockets, real event loops, real time.
class RelayingNodesTest {
  private static final StreamName STREAM = new StreamName("demo");
  private static final NodeId ORIGIN = new NodeId("node-1");
  private static final NodeId EDGE = new NodeId("node-2");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final InProcessCarrier carrier = new InProcessCarrier(PATIENCE);
  private final LinkedBlockingQueue<NodeEvent> events = new LinkedBlockingQueue<>();
  private final MediaNode origin = node(ORIGIN);
  private final MediaNode edge = node(EDGE);

  private MediaNode node(NodeId id) {
    var settings =
        new NodeSettings(
            id,
            "here",
            "",
            2,
            InetAddress.ofLiteral("127.0.0.1"),
            false,
            0,
            List.of(),
            100,
            3,
            List.of(),
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(7),
            Duration.ofSeconds(30),
            SendPath.USUAL,
            "auto",
            new RelaySettings(1, 8, 100),
            MediaPolicy.USUAL);
    return new MediaNode(
        settings, new MediaLoops(vertx), carrier, carrier, NodeMeters.none(), NodeTraces.none());
  }

  @BeforeEach
  void start() {
    carrier.watch(events::add);
    for (MediaNode node : List.of(origin, edge)) {
      node.start();
      carrier.register(node.id(), node.commands());
    }
  }

  @AfterEach
  void stop() {
    edge.stop();
    origin.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Reply send(NodeId node, Command command) {
    return carrier.send(node, command).toCompletableFuture().join();
  }

  private static SessionId id(String name) {
    return new SessionId((name + "-0123456789abcdefghij").substring(0, 22));
  }

  private OpenSession view(String name, String offer, @Nullable NodeId from) {
    return new OpenSession(
        id(name), STREAM, SessionRole.SUBSCRIBER, offer, null, null, null, from, null);
  }

  private UdpPeer publish() throws Exception {
    var peer = new UdpPeer(Direction.SENDONLY);
    connect(
        peer,
        send(
            ORIGIN, new OpenSession(id("publisher"), STREAM, SessionRole.PUBLISHER, peer.offer())));
    return peer;
  }

  private UdpPeer watch(NodeId node, String name, @Nullable NodeId from) throws Exception {
    var peer = new UdpPeer(Direction.RECVONLY);
    connect(peer, send(node, view(name, peer.offer(), from)));
    return peer;
  }

  private void connect(UdpPeer peer, Reply reply) throws Exception {
    assertThat(reply).isInstanceOf(SessionOpened.class);
    peer.accept(((SessionOpened) reply).answer());
    assertThat(peer.runUntil(peer::isConnected, PATIENCE)).isTrue();
    await(SessionConnected.class, _ -> true);
  }

  private <T extends NodeEvent> T await(Class<T> kind, Predicate<T> which)
      throws InterruptedException {
    while (true) {
      NodeEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(event).as("an event in time").isNotNull();
      if (kind.isInstance(event) && which.test(kind.cast(event))) {
        return kind.cast(event);
      }
    }
  }

  private static void assertGets(UdpPeer viewer, int packets) throws Exception {
    assertThat(viewer.runUntil(() -> viewer.received().size() == packets, PATIENCE)).isTrue();
    assertThat(viewer.received()).doesNotHaveDuplicates();
  }

  @Test
  void serveAViewerAwayFromTheOrigin() throws Exception {
    try (UdpPeer publisher = publish();
        UdpPeer near = watch(ORIGIN, "near", null);
        UdpPeer far = watch(EDGE, "far", ORIGIN)) {
      await(
          StreamStatus.class,
          status ->
              status.node().equals(EDGE)
                  && status.live()
                  && status.viewers() == 1
                  && ORIGIN.equals(status.parent()));

      for (int i = 0; i < 200; i++) {
        publisher.sendSound(960 * i);
      }

      assertGets(near, 200);
      assertGets(far, 200);
    }
  }

  @Test
  void spreadTheViewersOfOneStreamOverTheirWorkers() throws Exception {
    try (UdpPeer publisher = publish();
        UdpPeer first = watch(EDGE, "first", ORIGIN);
        UdpPeer second = watch(EDGE, "second", ORIGIN);
        UdpPeer third = watch(EDGE, "third", null)) {
      await(
          StreamStatus.class,
          status ->
              status.node().equals(EDGE)
                  && status.live()
                  && status.viewers() == 3
                  && ORIGIN.equals(status.parent()));

      try (var fourth = new UdpPeer(Direction.RECVONLY)) {
        assertThat(send(EDGE, view("fourth", fourth.offer(), ORIGIN)))
            .isInstanceOfSatisfying(
                Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(Refusal.STREAM_FULL));
      }

      for (int i = 0; i < 200; i++) {
        publisher.sendSound(960 * i);
      }

      for (UdpPeer viewer : List.of(first, second, third)) {
        assertGets(viewer, 200);
      }
    }
  }

  @Test
  void tellHowMuchTheyHaveToDo() throws Exception {
    try (UdpPeer publisher = publish();
        UdpPeer viewer = watch(ORIGIN, "viewer", null)) {
      for (int i = 0; i < 500; i++) {
        publisher.sendSound(960 * i);
      }
      assertGets(viewer, 500);

      NodeHeartbeat busy =
          await(
              NodeHeartbeat.class,
              beat -> beat.node().equals(ORIGIN) && beat.packetsPerSecond() >= 100);
      assertThat(busy.headroom()).isBetween(0.0, 0.9999);
    }
  }

  @Test
  void pullAStreamBeforeAnybodyWatchesIt() throws Exception {
    try (UdpPeer publisher = publish()) {
      var pull = new PullStream(id("pull"), STREAM, ORIGIN);

      assertThat(publisher.isConnected()).isTrue();
      assertThat(send(EDGE, pull)).isEqualTo(new StreamPulled(pull.sessionId()));
      assertThat(send(EDGE, pull)).isEqualTo(new StreamPulled(pull.sessionId()));
      await(StreamStatus.class, status -> status.node().equals(EDGE) && status.live());
    }
  }

  /// Nobody new comes to a node that drains, but what is published there is watched elsewhere.
  @Test
  void relayAStreamWhoseOriginDrains() throws Exception {
    try (UdpPeer publisher = publish()) {
      drain(ORIGIN);
      try (UdpPeer far = watch(EDGE, "far", ORIGIN)) {
        await(
            StreamStatus.class,
            status -> status.node().equals(EDGE) && status.live() && status.viewers() == 1);

        for (int i = 0; i < 200; i++) {
          publisher.sendSound(960 * i);
        }

        assertGets(far, 200);
      }
    }
  }

  /// The viewers of a node that drains need another parent when theirs is gone.
  @Test
  void pullAStreamToANodeThatDrains() throws Exception {
    try (UdpPeer publisher = publish()) {
      drain(EDGE);
      var pull = new PullStream(id("pull"), STREAM, ORIGIN);

      assertThat(publisher.isConnected()).isTrue();
      assertThat(send(EDGE, pull)).isEqualTo(new StreamPulled(pull.sessionId()));
      await(StreamStatus.class, status -> status.node().equals(EDGE) && status.live());
    }
  }

  private void drain(NodeId node) {
    assertThat(send(node, new Drain(id("drain"), true))).isInstanceOf(DrainChanged.class);
  }

  @Test
  void refuseAViewerOfWhatNobodyPublishes() throws Exception {
    try (var peer = new UdpPeer(Direction.RECVONLY)) {
      assertThat(send(EDGE, view("viewer", peer.offer(), ORIGIN)))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Refusal.STREAM_ABSENT));
      assertThat(send(EDGE, new PullStream(id("self"), STREAM, EDGE))).isInstanceOf(Refused.class);
    }
  }
}
