package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.Drain;
import io.wishbone.control.DrainChanged;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.ExamineSessions;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.LayerSelected;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenRelay;
import io.wishbone.control.OpenSession;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsExamined;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.Verdict;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.worker.LayerRequest;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.RelayLimits;
import io.wishbone.node.worker.RelayParts;
import io.wishbone.node.worker.WorkerConfiguration;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeCommandsTest {
  private static final StreamName STREAM = new StreamName("demo");
  private static final SessionId FIRST = new SessionId("first-0123456789abcdefgh");
  private static final SessionId SECOND = new SessionId("second-0123456789abcdefg");

  private static final SessionId THIRD = new SessionId("third-0123456789abcdefgh");
  private static final NodeId SILENT = new NodeId("node-3");

  private final Vertx vertx = Vertx.vertx();
  private volatile boolean broken;
  private volatile boolean breaksWithTheStream;
  private final List<NodeEvent> events = new CopyOnWriteArrayList<>();
  private final CompletableFuture<SessionEnded> firstEnd = new CompletableFuture<>();
  private final InProcessCarrier carrier = new InProcessCarrier();
  private final EventPublisher publisher =
      event -> {
        events.add(event);
        if (breaksWithTheStream && event instanceof StreamStatus) {
          broken = true;
        }
        if (event instanceof SessionEnded ended) {
          firstEnd.complete(ended);
        }
      };
  private volatile boolean overloaded;
  private final NodeCommands commands =
      new NodeCommands(new NodeId("node-1"), 1, 0, 0, publisher, carrier, () -> overloaded);
  private final SimNetwork network = new SimNetwork(5);
  private final String viewing = SimViewer.open(network, "10.1.0.2").offer();
  private final String offer = SimPublisher.vp8(network, "10.0.0.1").offer();

  @BeforeEach
  void start() {
    var bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    MediaLoop loop =
        new MediaLoops(vertx)
            .open(
                bind,
                SendPath.USUAL,
                (outbox, offload, bound, relaySockets) ->
                    new MediaWorker(
                        WorkerConfiguration.of(
                            List.of(
                                new IceCandidate(
                                    "1", 1, "udp", 1L, "127.0.0.1", bound.getPort(), "host"))),
                        new TransportParts(
                            outbox,
                            offload,
                            DtlsIdentity.generate(new SecureRandom()),
                            List.of(SrtpProfile.values()),
                            new JceCipherProvider(),
                            new SecureRandom()),
                        new RelayParts(
                            "node-1",
                            RelayLimits.USUAL,
                            List.of(),
                            relaySockets,
                            commands.relayRequests(0)),
                        breakableRandom(),
                        commands.listener(0)))
            .toCompletableFuture()
            .join();
    commands.start(List.of(loop));
  }

  @AfterEach
  void stop() {
    close();
  }

  private void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Lets a worker fail once where it must not.
  private RandomGenerator breakableRandom() {
    var random = new SecureRandom();
    return () -> {
      if (broken) {
        broken = false;
        throw new IllegalStateException("broken on purpose");
      }
      return random.nextLong();
    };
  }

  private Reply send(Command command) {
    return ask(command).join();
  }

  private CompletableFuture<Reply> ask(Command command) {
    var reply = new CompletableFuture<Reply>();
    commands.handle(command, reply::complete);
    return reply.orTimeout(20, TimeUnit.SECONDS);
  }

  /// A viewer of what another node has, which says nothing to whoever asks it.
  private CompletableFuture<Reply> askToView(SessionId id) {
    carrier.register(SILENT, (_, _) -> {});
    return ask(
        new OpenSession(
            id, STREAM, SessionRole.SUBSCRIBER, viewing, null, null, null, SILENT, null));
  }

  private static void assertRefused(Reply reply, Refusal reason) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private OpenSession open(SessionId id) {
    return new OpenSession(id, STREAM, SessionRole.PUBLISHER, offer);
  }

  @Test
  void saysHowSessionsFareThatItKnows() {
    send(open(FIRST));

    var reply =
        (SessionsExamined)
            send(
                new ExamineSessions(
                    new SessionId("question-0123456789abcdef"), List.of(FIRST, THIRD)));
    assertThat(reply.diagnoses())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.sessionId()).isEqualTo(FIRST);
          assertThat(each.verdict()).isEqualTo(Verdict.OK);
          assertThat(each.connected()).isFalse();
          assertThat(each.figures().packets()).isZero();
        });
  }

  @Test
  void forgetASessionThatFailedToOpen() {
    broken = true;
    assertRefused(send(open(FIRST)), Refusal.INTERNAL);
    assertThat(commands.sessions()).isEmpty();
    assertThat(commands.publishers()).isZero();

    assertThat(send(open(SECOND))).isInstanceOf(SessionOpened.class);
    assertThat(commands.sessions()).containsExactly(SECOND);
  }

  @Test
  void forgetASessionWhoseWorkerTakesNoMoreWork() {
    close();

    assertRefused(send(open(FIRST)), Refusal.NODE_DRAINING);
    assertThat(commands.sessions()).isEmpty();
    assertThat(commands.publishers()).isZero();
  }

  @Test
  void keepEachLayerThatAViewerNamesInItsPlace() {
    assertThat(WorkerCalls.translate(new SelectLayer(FIRST, "h", 1280, 720, 1, 2, 3, 0)))
        .isEqualTo(new LayerRequest("h", 1280, 720, 1, 2, 3, 0));
  }

  @Test
  void letAViewerLimitItsLayersBeforeThePublisherIsConnected() {
    send(open(FIRST));
    send(new OpenSession(SECOND, STREAM, SessionRole.SUBSCRIBER, viewing));

    assertThat(send(new SelectLayer(SECOND, null, null, null, null, null, 1, 0)))
        .isEqualTo(new LayerSelected(SECOND));
    assertRefused(
        send(new SelectLayer(SECOND, null, null, null, 1, null, null, null)),
        Refusal.STREAM_ABSENT);
    assertRefused(send(new SelectLayer(SECOND, "h", null, null)), Refusal.STREAM_ABSENT);
    assertRefused(send(new SelectLayer(FIRST, null, null, null)), Refusal.SESSION_UNKNOWN);
    assertRefused(send(new SelectLayer(THIRD, null, null, null)), Refusal.SESSION_UNKNOWN);
  }

  @Test
  void letAPublisherTakeTheStreamOver() {
    send(open(FIRST));
    assertRefused(send(open(SECOND)), Refusal.STREAM_TAKEN);

    assertThat(send(new OpenSession(SECOND, STREAM, SessionRole.PUBLISHER, offer, FIRST)))
        .isInstanceOf(SessionOpened.class);

    assertThat(commands.sessions()).containsExactly(SECOND);
    assertThat(events)
        .filteredOn(SessionEnded.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            SessionEnded.class,
            ended -> {
              assertThat(ended.sessionId()).isEqualTo(FIRST);
              assertThat(ended.reason()).isEqualTo(CloseReason.REPLACED);
            });
  }

  @Test
  void endASessionWhoseLifetimeIsOver() {
    var lifetime = Duration.ofMillis(50);
    send(new OpenSession(FIRST, STREAM, SessionRole.PUBLISHER, offer, null, lifetime));

    assertThat(firstEnd.orTimeout(20, TimeUnit.SECONDS).join())
        .extracting(SessionEnded::sessionId, SessionEnded::reason)
        .containsExactly(FIRST, CloseReason.LIFETIME_OVER);
    assertThat(commands.sessions()).isEmpty();
  }

  @Test
  void leaveThePublisherAloneWhenTheNextOneIsRefused() {
    send(open(FIRST));
    String viewer = SimViewer.open(network, "10.1.0.1").offer();

    assertRefused(
        send(new OpenSession(SECOND, STREAM, SessionRole.PUBLISHER, viewer, FIRST)),
        Refusal.UNSUPPORTED_OFFER);

    assertThat(commands.sessions()).containsExactly(FIRST);
    assertThat(events).noneMatch(SessionEnded.class::isInstance);
  }

  @Test
  void takeNoSessionsWhileDrainingAndGoOnWithThoseThereAre() {
    send(open(FIRST));

    assertThat(send(new Drain(SECOND, true))).isEqualTo(new DrainChanged(SECOND, 1));
    assertThat(commands.isDraining()).isTrue();
    assertRefused(
        send(new OpenSession(SECOND, new StreamName("other"), SessionRole.PUBLISHER, offer, null)),
        Refusal.NODE_DRAINING);
    assertThat(commands.sessions()).containsExactly(FIRST);

    assertThat(send(new Drain(SECOND, false))).isEqualTo(new DrainChanged(SECOND, 1));
    assertThat(
            send(
                new OpenSession(
                    SECOND, new StreamName("other"), SessionRole.PUBLISHER, offer, null)))
        .isInstanceOf(SessionOpened.class);
  }

  @Test
  void takeNoSessionsOnceStoppingWhateverIsAsked() {
    commands.closeAll();
    send(new Drain(SECOND, false));
    assertRefused(send(open(FIRST)), Refusal.NODE_DRAINING);
    assertRefused(send(openRelay()), Refusal.NODE_DRAINING);
    assertRefused(send(pull()), Refusal.NODE_DRAINING);
  }

  @Test
  void letTheFaultOfAViewerThatWaitedCostNobodyElse() {
    CompletableFuture<Reply> first = askToView(FIRST);
    CompletableFuture<Reply> second = askToView(SECOND);
    breaksWithTheStream = true;

    assertThat(send(open(THIRD))).isInstanceOf(SessionOpened.class);

    assertRefused(first.join(), Refusal.INTERNAL);
    assertThat(second.join()).isInstanceOf(SessionOpened.class);
    assertThat(commands.sessions()).containsExactlyInAnyOrder(SECOND, THIRD);
    assertThat(events).noneMatch(SessionEnded.class::isInstance);
  }

  @Test
  void openNoViewerThatIsClosedWhileItWaits() {
    CompletableFuture<Reply> waiting = askToView(FIRST);
    CompletableFuture<Reply> other = askToView(SECOND);

    assertThat(send(new CloseSession(FIRST, CloseReason.ABANDONED)))
        .isEqualTo(new SessionClosed(FIRST));

    assertRefused(waiting.join(), Refusal.SESSION_UNKNOWN);
    assertThat(commands.sessions()).containsExactly(SECOND);
    assertThat(send(open(THIRD))).isInstanceOf(SessionOpened.class);
    assertThat(other.join()).isInstanceOf(SessionOpened.class);
    assertThat(commands.sessions()).containsExactlyInAnyOrder(SECOND, THIRD);
  }

  @Test
  void refuseViewersThatWaitWhenItStops() {
    CompletableFuture<Reply> waiting = askToView(FIRST);

    commands.closeAll();

    assertRefused(waiting.join(), Refusal.NODE_DRAINING);
    assertThat(commands.sessions()).isEmpty();
  }

  @Test
  void openNothingTwice() {
    Reply first = send(open(FIRST));
    assertThat(send(open(FIRST))).isEqualTo(first);
    assertThat(commands.sessions()).containsExactly(FIRST);
    assertThat(commands.publishers()).isEqualTo(1);

    send(new CloseSession(FIRST, CloseReason.CLIENT_DELETED));
    assertRefused(send(open(FIRST)), Refusal.SESSION_UNKNOWN);
    assertThat(commands.sessions()).isEmpty();
    assertThat(commands.publishers()).isZero();

    // The end may even come first.
    send(new CloseSession(SECOND, CloseReason.ABANDONED));
    assertRefused(send(open(SECOND)), Refusal.SESSION_UNKNOWN);
    send(new CloseSession(THIRD, CloseReason.ABANDONED));
    assertRefused(
        send(new OpenRelay(THIRD, STREAM, new NodeId("node-2"), offer)), Refusal.SESSION_UNKNOWN);
    assertThat(commands.isIdle()).isTrue();
  }

  @Test
  void openNothingAgainThatHasEndedByItself() {
    var brief =
        new OpenSession(FIRST, STREAM, SessionRole.PUBLISHER, offer, null, Duration.ofMillis(50));
    send(brief);
    firstEnd.orTimeout(20, TimeUnit.SECONDS).join();
    assertRefused(send(brief), Refusal.SESSION_UNKNOWN);
    assertThat(commands.sessions()).isEmpty();
  }

  private OpenRelay openRelay() {
    return new OpenRelay(SECOND, STREAM, new NodeId("node-2"), offer);
  }

  private static PullStream pull() {
    return new PullStream(SECOND, STREAM, new NodeId("node-2"));
  }

  /// There is nobody to have the stream from: that is looked at, whether the node drains or not.
  @Test
  void lookAtRelaysWhileDraining() {
    commands.drain();

    assertRefused(send(openRelay()), Refusal.STREAM_ABSENT);
    assertRefused(send(pull()), Refusal.STREAM_ABSENT);
  }

  @Test
  void takeNoRelaysWhileOverloaded() {
    overloaded = true;

    assertRefused(send(openRelay()), Refusal.NODE_FULL);
    assertRefused(send(pull()), Refusal.NODE_FULL);
  }
}
