package io.wishbone.signaling.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A receiver that fails, refuses and comes back.
class LifecycleNotifierTest {

  private static final String SECRET = "a-secret-of-the-receiver";
  private static final SessionId ID = new SessionId("abcdefghijklmnopqrstuv");
  private static final StreamName STREAM = new StreamName("studio");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private record Received(String signature, String body) {}

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private @Nullable HttpServer server;
  private @Nullable LifecycleNotifier notifier;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  @AfterEach
  void stop() {
    if (notifier != null) {
      notifier.stop();
    }
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      Integer status = statuses.poll();
      received.add(
          new Received(
              exchange.getRequestHeaders().getFirst(WebhookSignature.HEADER),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    }
  }

  private LifecycleNotifier notifier(int capacity, @Nullable URI receiver) {
    notifier =
        new LifecycleNotifier(
            Optional.ofNullable(receiver),
            Optional.of(SECRET),
            capacity,
            Duration.ofMillis(10),
            new NotificationMetrics(registry));
    return notifier;
  }

  private URI receiver() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/events");
  }

  private static NodeEvent connected() {
    return new SessionConnected(ID, STREAM, SessionRole.PUBLISHER);
  }

  private static NodeEvent ended(CloseReason reason) {
    return new SessionEnded(ID, STREAM, SessionRole.PUBLISHER, reason, "");
  }

  private static List<String> each(Received request, String property) {
    return new JsonObject(request.body())
        .getJsonArray("events").stream()
            .map(event -> ((JsonObject) event).getString(property))
            .toList();
  }

  private double notifications(String outcome) {
    return registry.get("wishbone.notifications").tag("outcome", outcome).counter().count();
  }

  @Test
  void tellsInOrderWhatBecomesOfStreamsAndSessions() {
    var told = notifier(100, receiver());
    told.tell(connected());
    told.tell(new SessionsAlive(new NodeId("node-1"), List.of(ID)));
    told.tell(ended(CloseReason.SILENT));
    told.start();

    await().atMost(PATIENCE).until(() -> !received.isEmpty());
    assertThat(each(received.getFirst(), "type"))
        .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
    assertThat(each(received.getFirst(), "reason")).containsExactly(null, null, "silent", "silent");
    assertThat(each(received.getFirst(), "session")).containsOnly(ID.alias());
    assertThat(received.getFirst().body()).as("a session URL").doesNotContain(ID.value());
    await().atMost(PATIENCE).until(() -> notifications("delivered") == 4);
  }

  @Test
  void signsWhatItTells() {
    var told = notifier(100, receiver());
    told.tell(connected());
    told.start();
    await().atMost(PATIENCE).until(() -> !received.isEmpty());

    Received request = received.getFirst();
    long seconds = Long.parseLong(request.signature().replaceAll("t=([0-9]+),.*", "$1"));
    assertThat(request.signature())
        .isEqualTo(
            WebhookSignature.of(SECRET.getBytes(StandardCharsets.UTF_8), seconds, request.body()));
  }

  @Test
  void triesTheSameAgainUntilItIsTaken() {
    statuses.addAll(List.of(503, 429, 500));
    var told = notifier(100, receiver());
    told.tell(connected());
    told.start();

    await().atMost(PATIENCE).until(() -> received.size() == 4);
    assertThat(received)
        .extracting(request -> each(request, "id"))
        .containsOnly(each(received.getFirst(), "id"));
    await().atMost(PATIENCE).until(() -> notifications("delivered") == 2);
    assertThat(registry.get("wishbone.notification.failures").counter().count()).isEqualTo(3);
  }

  @Test
  void doesNotInsistWhenItIsRefused() {
    statuses.add(400);
    var told = notifier(100, receiver());
    told.tell(connected());
    told.start();
    await().atMost(PATIENCE).until(() -> notifications("refused") == 2);
    told.tell(ended(CloseReason.REPLACED));
    await().atMost(PATIENCE).until(() -> received.size() == 2);
    assertThat(each(received.getLast(), "type"))
        .as("a new publisher")
        .containsExactly("session.ended");
  }

  @Test
  void dropsWhatFindsNoPlace() {
    var told = notifier(3, receiver());
    told.tell(connected());
    told.tell(connected());
    told.tell(connected());
    assertThat(notifications("dropped")).isEqualTo(3);
  }

  @Test
  void tellsWhatWaitsBeforeItEnds() {
    var told = notifier(100, receiver());
    told.tell(connected());
    told.start();
    told.stop();
    assertThat(received).hasSize(1);
  }

  @Test
  void tellsNobodyWithoutAReceiver() {
    var told = notifier(1, null);
    told.tell(connected());
    told.start();
    told.tell(connected());
    assertThat(notifications("dropped")).isZero();
  }
}
