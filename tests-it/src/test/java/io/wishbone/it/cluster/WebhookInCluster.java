package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.WebhookReceiver;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/operations.md, *Be told*: an operator's program hears everything, whoever dies.
@UsesCluster(ClusterKind.REGIONS)
class WebhookInCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static TestCluster cluster;
  private static WebhookReceiver receiver;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-webhook", new SignalingClient(null));
    cluster = given;
    receiver = given.webhook();
  }

  @AfterAll
  static void stop() {
    receiver.answer(204);
    parts.close();
  }

  private static double notifications(int pod, String series) {
    return Exposition.of(cluster.cluster().pod(pod)).value("wishbone_notification" + series);
  }

  /// How many events the brokers have that were not noted as told.
  private static long open() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", cluster.cluster().bootstrapServers()))) {
      Map<TopicPartition, OffsetSpec> all =
          IntStream.range(0, 8)
              .mapToObj(number -> new TopicPartition("wishbone-lifecycle", number))
              .collect(Collectors.toMap(each -> each, _ -> OffsetSpec.latest()));
      var ends = admin.listOffsets(all).all().get();
      var noted =
          admin.listConsumerGroupOffsets("wishbone-webhook").partitionsToOffsetAndMetadata().get();
      assertThat(noted).as("partitions of which it is noted where they begin").hasSize(8);
      return all.keySet().stream()
          .mapToLong(each -> ends.get(each).offset() - noted.get(each).offset())
          .sum();
    }
  }

  private static void awaitNothingOpen() {
    await().atMost(PATIENCE).ignoreExceptions().until(() -> open() == 0);
  }

  @Test
  void anotherPodTellsWhatOneCouldNotBeforeItDied() throws Exception {
    awaitNothingOpen();
    receiver.answer(503);
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "held");
    await().atMost(PATIENCE).until(() -> !receiver.told("held", 503).isEmpty());
    int teller = notifications(0, "_failures_total") > 0 ? 0 : 1;
    int other = 1 - teller;
    assertThat(notifications(other, "_failures_total")).as("one of them tells it").isZero();
    assertThat(open()).as("not told, so not noted").isEqualTo(2);
    double before = notifications(other, "s_total{outcome=\"delivered\"");

    cluster.cluster().pod(teller).process().kill();
    receiver.answer(204);
    long killed = System.nanoTime();
    await().atMost(PATIENCE).until(() -> receiver.told("held", 204).size() >= 2);
    System.out.printf(
        "what a killed pod could not tell, another told after %.1f s%n",
        (System.nanoTime() - killed) / 1e9);
    assertThat(receiver.told("held", 204))
        .extracting(each -> each.text("type"))
        .containsExactly("session.connected", "stream.started");
    assertThat(receiver.told("held", 204).getFirst().text("id"))
        .as("the same event")
        .isEqualTo(receiver.told("held", 503).getFirst().text("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> notifications(other, "s_total{outcome=\"delivered\"") == before + 2);
    awaitNothingOpen();

    cluster.cluster().startPod(teller);
    published.delete(cluster.pod(other));
    await().atMost(PATIENCE).until(() -> receiver.told("held", 204).size() >= 4);
    assertThat(receiver.told("held", 204))
        .as("in order, and what was noted is not told again")
        .extracting(each -> each.text("type"))
        .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
  }

  /// Pods come and go as in a rolling restart: each lets go of what it has, and nothing is missing.
  @Test
  void nothingIsMissingWhenPodsEndInTurn() throws Exception {
    receiver.answer(204);
    awaitNothingOpen();
    for (int round = 0; round < 4; round++) {
      int pod = round % 2;
      LiveSession before = LiveSession.publish(parts, cluster.pod(1 - pod), "round-" + round);
      cluster.cluster().pod(pod).process().terminate();
      before.delete(cluster.pod(1 - pod));
      cluster.cluster().pod(pod).process().awaitExit(Duration.ofSeconds(60));
      cluster.cluster().startPod(pod).awaitReady();
    }
    for (int round = 0; round < 4; round++) {
      String stream = "round-" + round;
      await().atMost(PATIENCE).until(() -> receiver.told(stream, 204).size() >= 4);
      assertThat(receiver.told(stream, 204).stream().map(each -> each.text("type")).distinct())
          .as(stream)
          .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
    }
    awaitNothingOpen();
  }
}
