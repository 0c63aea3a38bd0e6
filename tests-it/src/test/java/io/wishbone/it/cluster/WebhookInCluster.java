package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.WebhookReceiver;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/operations.md, *Be told*: an operator's program hears everything, whoever dies.
@UsesCluster(ClusterKind.REGIONS)
class WebhookInCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// The key of what others write to the topic.
  static final String STRANGER = "no stream";

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

  private static double failures(int pod) {
    return notifications(pod, "_failures_total");
  }

  /// What was told of a stream and taken, each event where it was told first. What a pod took from
  /// a node just before its death, another one takes once more, and events are told again then.
  private static List<String> taken(String stream) {
    Map<String, String> types = new LinkedHashMap<>();
    receiver
        .told(stream, 204)
        .forEach(each -> types.putIfAbsent(each.text("id"), each.text("type")));
    return List.copyOf(types.values());
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
    await().atMost(PATIENCE).until(() -> failures(0) + failures(1) > 0);
    int teller = failures(0) > 0 ? 0 : 1;
    int other = 1 - teller;
    assertThat(failures(other)).as("one of them tells it").isZero();
    assertThat(open()).as("not told, so not noted").isEqualTo(2);
    double before = notifications(other, "s_total{outcome=\"delivered\"");

    cluster.cluster().pod(teller).process().kill();
    receiver.answer(204);
    long killed = System.nanoTime();
    await().atMost(PATIENCE).until(() -> taken("held").size() >= 2);
    System.out.printf(
        "what a killed pod could not tell, another told after %.1f s%n",
        (System.nanoTime() - killed) / 1e9);
    assertThat(taken("held")).containsExactly("session.connected", "stream.started");
    assertThat(receiver.told("held", 204).getFirst().text("id"))
        .as("the same event")
        .isEqualTo(receiver.told("held", 503).getFirst().text("id"));
    await()
        .atMost(PATIENCE)
        .until(() -> notifications(other, "s_total{outcome=\"delivered\"") >= before + 2);
    awaitNothingOpen();

    cluster.cluster().startPod(teller).awaitReady();
    published.delete(cluster.pod(other));
    await().atMost(PATIENCE).until(() -> taken("held").size() >= 4);
    assertThat(taken("held"))
        .as("in order")
        .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
    // Each pod may have taken the same word of a node, and nobody tells anything a third time.
    assertThat(receiver.told("held", 204)).hasSizeLessThanOrEqualTo(2 * 4);
  }

  /// Whatever somebody else writes to the topic, nothing waits behind it.
  @Test
  void passesOverWhatIsNoEvent() throws Exception {
    receiver.answer(204);
    awaitNothingOpen();
    try (var producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", (Object) cluster.cluster().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int lane = 0; lane < 8; lane++) {
        for (byte[] strange : Arrays.asList(null, new byte[0], new byte[] {'{', '}'})) {
          producer.send(new ProducerRecord<>("wishbone-lifecycle", lane, STRANGER, strange));
        }
      }
    }
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "among-strangers");
    published.delete(cluster.pod(1));
    await().atMost(PATIENCE).until(() -> taken("among-strangers").size() >= 4);
    awaitNothingOpen();
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
      await().atMost(PATIENCE).until(() -> taken(stream).size() >= 4);
      assertThat(taken(stream))
          .as(stream)
          .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
    }
    awaitNothingOpen();
  }
}
