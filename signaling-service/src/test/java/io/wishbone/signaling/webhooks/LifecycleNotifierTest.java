package io.wishbone.signaling.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.http.WebhookSignature;
import io.wishbone.signaling.metrics.NotificationMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A receiver that fails, refuses and comes back.
class LifecycleNotifierTest {

  private static final String SECRET = "a-secret-of-the-receiver";
  private static final SessionId ID = new SessionId("abcdefghijklmnopqrstuv");
  private static final StreamName STREAM = new StreamName("studio");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Receiver receiver = new Receiver();
  private @Nullable LifecycleNotifier notifier;

  @AfterEach
  void stop() {
    if (notifier != null) {
      notifier.close();
    }
    receiver.close();
  }

  private LifecycleNotifier notifier(int capacity) {
    var clock = InstantSource.system();
    notifier =
        new LifecycleNotifier(
            new Delivery(receiver.address(), SECRET.getBytes(StandardCharsets.UTF_8), clock),
            new DeliveryLane.Settings(Duration.ofMillis(10), Duration.ofHours(1)),
            capacity,
            clock,
            new NotificationMetrics(registry));
    return notifier;
  }

  private static NodeEvent connected() {
    return new SessionConnected(ID, STREAM, SessionRole.PUBLISHER);
  }

  private static NodeEvent ended(CloseReason reason) {
    return new SessionEnded(ID, STREAM, SessionRole.PUBLISHER, reason, "");
  }

  private double notifications(String outcome) {
    return registry.get("wishbone.notifications").tag("outcome", outcome).counter().count();
  }

  @Test
  void tellsInOrderWhatBecomesOfStreamsAndSessions() {
    var told = notifier(100);
    told.tell(connected());
    told.tell(new SessionsAlive(new NodeId("node-1"), List.of(ID)));
    told.tell(ended(CloseReason.SILENT));
    told.start();

    await().atMost(PATIENCE).until(() -> !receiver.requests().isEmpty());
    assertThat(receiver.requests().getFirst().each("type"))
        .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
    assertThat(receiver.requests().getFirst().each("reason"))
        .containsExactly(null, null, "silent", "silent");
    assertThat(receiver.requests().getFirst().each("session")).containsOnly(ID.alias());
    assertThat(receiver.requests().getFirst().body())
        .as("a session URL")
        .doesNotContain(ID.value());
    await().atMost(PATIENCE).until(() -> notifications("delivered") == 4);
  }

  @Test
  void signsWhatItTells() {
    var told = notifier(100);
    told.tell(connected());
    told.start();
    await().atMost(PATIENCE).until(() -> !receiver.requests().isEmpty());

    Receiver.Request request = receiver.requests().getFirst();
    long seconds = Long.parseLong(request.signature().replaceAll("t=([0-9]+),.*", "$1"));
    assertThat(request.signature())
        .isEqualTo(
            WebhookSignature.of(SECRET.getBytes(StandardCharsets.UTF_8), seconds, request.body()));
  }

  @Test
  void triesTheSameAgainUntilItIsTaken() {
    receiver.answer(503, 429, 500);
    var told = notifier(100);
    told.tell(connected());
    told.start();

    await().atMost(PATIENCE).until(() -> notifications("delivered") == 2);
    assertThat(receiver.requests().subList(0, 4))
        .extracting(request -> request.each("type").getFirst())
        .containsOnly("session.connected");
    assertThat(receiver.requests())
        .filteredOn(request -> request.status() == 204)
        .flatExtracting(request -> request.each("type"))
        .containsExactly("session.connected", "stream.started");
    assertThat(registry.get("wishbone.notification.failures").counter().count()).isEqualTo(3);
  }

  @Test
  void doesNotInsistWhenItIsRefused() {
    receiver.answer(400, 400, 400);
    var told = notifier(100);
    told.tell(connected());
    told.start();
    await().atMost(PATIENCE).until(() -> notifications("refused") == 2);
    told.tell(ended(CloseReason.REPLACED));
    await().atMost(PATIENCE).until(() -> notifications("delivered") == 1);
    assertThat(receiver.requests().getLast().each("type"))
        .as("a new publisher")
        .containsExactly("session.ended");
  }

  @Test
  void dropsWhatFindsNoPlace() {
    var told = notifier(3);
    told.tell(connected());
    told.tell(connected());
    told.tell(connected());
    assertThat(notifications("dropped")).isEqualTo(3);
  }

  @Test
  void tellsWhatWaitsBeforeItEnds() {
    var told = notifier(100);
    told.tell(connected());
    told.start();
    told.close();
    assertThat(receiver.requests()).hasSize(1);
  }
}
