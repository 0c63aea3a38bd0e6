package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wishbone.control.kafka.KafkaSettings;
import io.wishbone.control.kafka.TopicCreator;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Strimzi makes the topics that the programs would have made.
class TopicsTest {

  private static final String RETENTION = "retention.ms";

  /// What programs rely on.
  private record Topic(int partitions, short replicas, String retention) {}

  @ParameterizedTest
  @EnumSource(names = {"SINGLE_REGION", "LOAD_BALANCER"})
  void strimziMakesTheTopicsOfThePrograms(Overlay overlay) {
    Map<String, Topic> made = new TreeMap<>();
    for (Manifest topic : overlay.of("KafkaTopic")) {
      JsonNode spec = topic.json().path("spec");
      assertThat(spec.has("topicName")).as(topic.toString()).isFalse();
      assertThat(topic.json().at("/metadata/labels/strimzi.io~1cluster").asText())
          .isEqualTo(overlay.of("Kafka").getFirst().name());
      made.put(
          topic.name(),
          new Topic(
              spec.path("partitions").asInt(),
              (short) spec.path("replicas").asInt(),
              spec.path("config").path(RETENTION).asText()));
      assertThat(spec.at("/config/min.insync.replicas").asInt())
          .isEqualTo(Math.max(1, spec.path("replicas").asInt() - 1));
    }
    Map<String, Topic> wanted = new TreeMap<>();
    var settings =
        new KafkaSettings(
            "kafka:9092",
            "wishbone",
            64,
            Short.parseShort(replicationFactor(overlay)),
            Duration.ofSeconds(4),
            Map.of());
    for (NewTopic topic : TopicCreator.topics(settings)) {
      wanted.put(
          topic.name(),
          new Topic(
              topic.numPartitions(),
              topic.replicationFactor(),
              topic.configs().getOrDefault(RETENTION, "")));
    }
    assertThat(wanted).isNotEmpty();
    assertThat(made).isEqualTo(wanted);
  }

  private static String replicationFactor(Overlay overlay) {
    return overlay.of("ConfigMap").stream()
        .map(map -> map.json().at("/data/WISHBONE_KAFKA_REPLICATION_FACTOR").asText())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElseThrow();
  }
}
