package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wishbone.control.kafka.KafkaSettings;
import io.wishbone.control.kafka.TopicCreator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Strimzi makes the topics that the programs would have made.
class TopicsTest {

  private static final String RETENTION = "retention.ms";

  /// What programs rely on.
  private record Topic(int partitions, String retention) {}

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
          new Topic(spec.path("partitions").asInt(), spec.path("config").path(RETENTION).asText()));
      assertThat(spec.path("replicas").asText()).isEqualTo(replicationFactor(overlay));
    }
    Map<String, Topic> wanted = new TreeMap<>();
    for (NewTopic topic : TopicCreator.topics(new KafkaSettings("kafka:9092"))) {
      wanted.put(
          topic.name(),
          new Topic(topic.numPartitions(), topic.configs().getOrDefault(RETENTION, "")));
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
