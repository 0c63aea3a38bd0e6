package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.tracing.SessionTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/events.md: what a program of somebody else reads.
@UsesCluster(ClusterKind.REGIONS)
class LifecycleInCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-lifecycle", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  private static KafkaConsumer<String, byte[]> reader() {
    var consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.cluster().kafka().bootstrapServers(),
                "group.id",
                "somebody-else",
                "auto.offset.reset",
                "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of("wishbone-lifecycle"));
    return consumer;
  }

  /// Of all that was read of streams that were asked for.
  private final List<Header> headers = new ArrayList<>();

  /// Reads on until this has been told of the stream.
  private List<JsonObject> readUntil(
      KafkaConsumer<String, byte[]> reader, String stream, String type) {
    List<JsonObject> told = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          reader
              .poll(Duration.ofMillis(200))
              .forEach(record -> {
                if (WebhookInCluster.STRANGER.equals(record.key())) {
                  return;
                }
                var event = new JsonObject(new String(record.value(), StandardCharsets.UTF_8));
                assertThat(record.key()).isEqualTo(event.getString("stream"));
                if (record.key().equals(stream)) {
                  told.add(event);
                  headers.addAll(List.of(record.headers().toArray()));
                }
              });
          return told.stream().anyMatch(event -> event.getString("type").equals(type));
        });
    return told;
  }

  private static List<String> each(List<JsonObject> events, String property) {
    return events.stream().map(event -> event.getString(property)).toList();
  }

  @Test
  void tellsInOrderWhatBecomesOfAStream() {
    try (var reader = reader()) {
      LiveSession published = LiveSession.publish(parts, cluster.pod(0), "told");
      String id = published.path().substring(published.path().lastIndexOf('/') + 1);
      List<JsonObject> begun = readUntil(reader, "told", "stream.started");
      published.delete(cluster.pod(1));
      List<JsonObject> ended = readUntil(reader, "told", "stream.ended");

      assertThat(each(begun, "type")).containsExactly("session.connected", "stream.started");
      assertThat(each(ended, "type")).containsExactly("session.ended", "stream.ended");
      assertThat(each(ended, "reason")).containsOnly("client_deleted");
      assertThat(each(begun, "session"))
          .containsOnly(begun.getFirst().getString("session"))
          .isEqualTo(each(ended, "session"));
      assertThat(begun.toString() + ended).doesNotContain(id);
      String trace =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> SessionTrace.of(cluster.traces(), "publisher", "told"),
                  each -> !each.isEmpty())
              .getFirst()
              .id();
      assertThat(headers)
          .hasSize(4)
          .allSatisfy(header -> {
            assertThat(header.key()).isEqualTo("traceparent");
            assertThat(new String(header.value(), StandardCharsets.UTF_8))
                .matches("00-" + trace + "-[0-9a-f]{16}-01");
          });
    }
  }

  @Test
  void tellsWhatHappenedWhileNoPodWasThere() {
    try (var reader = reader()) {
      LiveSession published = LiveSession.publish(parts, cluster.pod(0), "meanwhile");
      List<JsonObject> begun = readUntil(reader, "meanwhile", "stream.started");
      for (int pod = 0; pod < TestCluster.PODS; pod++) {
        cluster.cluster().pod(pod).process().kill();
      }
      published.peer().close();
      for (int pod = 0; pod < TestCluster.PODS; pod++) {
        cluster.cluster().startPod(pod);
      }
      List<JsonObject> ended = readUntil(reader, "meanwhile", "session.ended");

      assertThat(each(ended, "session")).contains(begun.getFirst().getString("session"));
      // What pods have told just before they died is told again, first.
      assertThat(
              ended.stream()
                  .filter(event -> event.getString("type").equals("session.ended"))
                  .map(event -> event.getString("id"))
                  .distinct())
          .as("told again or not, it is one event")
          .hasSize(1);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
