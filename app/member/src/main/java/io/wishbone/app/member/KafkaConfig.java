package io.wishbone.app.member;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.kafka.KafkaSettings;
import java.util.Optional;

/// How a member of a cluster reaches Kafka.
@ConfigMapping(prefix = "wishbone.kafka")
public interface KafkaConfig {

  /// Brokers, `host:port`, with commas between several.
  @WithParentName
  String servers();

  /// A file of settings of Kafka clients.
  @WithName("properties")
  Optional<String> propertiesFile();

  /// What the names of topics begin with.
  @WithDefault("wishbone")
  String topicPrefix();

  /// Partitions of topics that are made.
  @WithDefault("64")
  int partitions();

  /// How many brokers have each topic that is made.
  @WithDefault("1")
  short replicationFactor();

  /// These settings, the file read.
  default KafkaSettings settings() {
    return new KafkaSettings(
        servers(),
        topicPrefix(),
        partitions(),
        replicationFactor(),
        InProcessCarrier.DEFAULT_DEADLINE,
        PropertiesFile.map(propertiesFile()));
  }
}
