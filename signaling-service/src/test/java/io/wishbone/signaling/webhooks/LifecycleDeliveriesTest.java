package io.wishbone.signaling.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.metrics.NotificationMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a cluster's log may note as told, and what not.
class LifecycleDeliveriesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
  private static final Duration KEEP = Duration.ofHours(1);
  private static final String POISON = "event-50";

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Receiver receiver = new Receiver();
  private final InstantSource clock = InstantSource.system();
  private volatile Instant now = NOW;
  private final LifecycleDeliveries deliveries =
      new LifecycleDeliveries(
          new Delivery(receiver.address(), null, clock),
          new DeliveryLane.Settings(Duration.ofMillis(1), KEEP),
          () -> now,
          new NotificationMetrics(registry));

  @AfterEach
  void close() {
    deliveries.close();
    receiver.close();
  }

  private CompletableFuture<Void> deliver(int lane, String id) {
    String json =
        "{\"id\":\"%s\",\"type\":\"session.ended\",\"at\":\"%s\",\"stream\":\"studio\"}"
            .formatted(id, NOW);
    return deliveries.deliver(lane, parsed(json)).toCompletableFuture();
  }

  private static LifecycleNotice parsed(String json) {
    return LifecycleNotice.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private double notifications(String outcome) {
    return registry.get("wishbone.notifications").tag("outcome", outcome).counter().count();
  }

  private double failures() {
    return registry.get("wishbone.notification.failures").counter().count();
  }

  @Test
  void isDoneWhenTheReceiverHasIt() {
    receiver.judge(_ -> 503);
    CompletableFuture<Void> end = deliver(0, "event-0");
    await().atMost(PATIENCE).until(() -> failures() >= 3);
    assertThat(end).isNotDone();
    receiver.judge(_ -> 200);
    await().atMost(PATIENCE).until(end::isDone);
    assertThat(end).isCompleted();
    assertThat(notifications("delivered")).isEqualTo(1);
  }

  /// An operator mends these: nothing may be lost for them.
  @Test
  void isToldAgainByWhoeverHasTheWrongSecretOrAddress() {
    receiver.answer(401, 403, 404, 405, 302, 408, 425, 429, 500, 504);
    CompletableFuture<Void> end = deliver(0, "event-0");
    await().atMost(PATIENCE).until(end::isDone);
    assertThat(failures()).isEqualTo(10);
    assertThat(receiver.taken()).containsExactly("event-0");
  }

  @Test
  void lanesDoNotWaitForEachOther() {
    receiver.judge(request -> request.body().contains("held") ? 503 : 204);
    CompletableFuture<Void> held = deliver(0, "held");
    await().atMost(PATIENCE).until(() -> failures() >= 1);
    CompletableFuture<Void> other = deliver(1, "other");
    await().atMost(PATIENCE).until(other::isDone);
    assertThat(receiver.taken()).containsExactly("other");
    assertThat(held).isNotDone();
  }

  /// What is delivered meanwhile on other lanes does not hide it.
  @Test
  void showsHowLongTheOldestHasWaited() {
    assertThat(age()).isZero();
    receiver.judge(request -> request.body().contains("held") ? 503 : 204);
    CompletableFuture<Void> held = deliver(0, "held");
    await().atMost(PATIENCE).until(() -> failures() >= 1);
    CompletableFuture<Void> other = deliver(1, "other");
    await().atMost(PATIENCE).until(other::isDone);
    now = NOW.plusSeconds(600);
    assertThat(age()).isEqualTo(600);

    receiver.judge(_ -> 204);
    await().atMost(PATIENCE).until(held::isDone);
    await().atMost(PATIENCE).until(() -> age() == 0);
  }

  private double age() {
    return registry.get("wishbone.notification.age.seconds").gauge().value();
  }

  /// The receiver falls over one of a hundred.
  @Test
  void oneThatFailsIsSetAsideAfterItsTimeAndTheOthersComeInOrder() {
    receiver.judge(request -> request.each("id").contains(POISON) ? 500 : 204);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ends.add(deliver(0, "event-" + i));
    }
    await().atMost(PATIENCE).until(() -> receiver.taken().size() == 50);
    await()
        .atMost(PATIENCE)
        .until(() -> receiver.requests().getLast().each("id").equals(List.of(POISON)));
    assertThat(ends.get(50)).as("its time has not come").isNotDone();
    assertThat(notifications("expired")).isZero();

    now = NOW.plus(KEEP).plusSeconds(1);
    await().atMost(PATIENCE).until(() -> ends.stream().allMatch(CompletableFuture::isDone));
    assertThat(notifications("expired")).isEqualTo(1);
    assertThat(notifications("delivered")).isEqualTo(99);
    assertThat(receiver.taken())
        .containsExactlyElementsOf(
            IntStream.range(0, 100)
                .mapToObj(i -> "event-" + i)
                .filter(id -> !id.equals(POISON))
                .toList());
  }

  /// What was kept for long comes as soon as the receiver is there again.
  @Test
  void whatIsOldIsToldAllTheSame() {
    now = NOW.plus(KEEP).plusSeconds(1);
    CompletableFuture<Void> end = deliver(0, "event-0");
    await().atMost(PATIENCE).until(end::isDone);
    assertThat(receiver.taken()).containsExactly("event-0");
  }

  @Test
  void oneThatIsRefusedTakesNoOtherWithIt() {
    receiver.judge(request -> request.each("id").contains(POISON) ? 422 : 204);
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ends.add(deliver(0, "event-" + i));
    }
    await().atMost(PATIENCE).until(() -> ends.stream().allMatch(CompletableFuture::isDone));
    assertThat(notifications("refused")).isEqualTo(1);
    assertThat(receiver.taken()).hasSize(99).doesNotHaveDuplicates();
    assertThat(failures()).isZero();
  }

  @Test
  void whatIsLeftHasToComeAgain() {
    receiver.judge(_ -> 503);
    CompletableFuture<Void> end = deliver(0, "event-0");
    await().atMost(PATIENCE).until(() -> failures() >= 1);
    deliveries.leave(0);
    await().atMost(PATIENCE).until(end::isDone);
    assertThat(end).isCompletedExceptionally();

    receiver.judge(_ -> 204);
    CompletableFuture<Void> again = deliver(0, "event-0");
    await().atMost(PATIENCE).until(again::isDone);
    assertThat(again).isCompleted();
  }

  @Test
  void readsWhatWasToldAndNothingElse() {
    var notice =
        new LifecycleNotice(
            new StreamName("studio"), NOW, "{\"stream\":\"studio\",\"at\":\"" + NOW + "\"}");
    assertThat(parsed(notice.json())).isEqualTo(notice);
    for (String other :
        List.of(
            "",
            "null",
            "[]",
            "{}",
            "{\"at\":1,\"stream\":\"a\"}",
            "{\"at\":\"now\",\"stream\":\"a\"}")) {
      assertThatThrownBy(() -> parsed(other))
          .as(other)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> LifecycleNotice.parse(null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
