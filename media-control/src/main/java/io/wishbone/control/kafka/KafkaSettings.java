package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// How Kafka is reached, and what the topics are.
///
/// @param bootstrapServers `host:port`, with commas between several
/// @param topicPrefix what the names of the topics begin with
/// @param partitions of the topics for commands and replies when they are made here; about twice
///   the number of nodes keeps most of them alone on theirs. Fixed once the topics exist
/// @param replicationFactor of topics that are made here, but for heartbeats, which are at one
///   broker each
/// @param commandDeadline how long a command waits for its reply
/// @param clientProperties settings of the Kafka clients, such as `security.protocol`
public record KafkaSettings(
    String bootstrapServers,
    String topicPrefix,
    int partitions,
    short replicationFactor,
    Duration commandDeadline,
    Map<String, String> clientProperties) {

  /// How long an answer may take before it is asked for anew, from whichever broker has it by then:
  /// one that stands still says nothing, and neither does one that has vanished. Longer than a
  /// broker holds an answer back while there is nothing for a consumer (`fetch.max.wait.ms`, 500).
  private static final int REQUEST_TIMEOUT_MILLIS = 2_000;

  private static final Duration EVENT_DELIVERY_TIMEOUT = Duration.ofMinutes(2);
  private static final int LIFECYCLE_LINGER_MILLIS = 50;

  public KafkaSettings {
    clientProperties = Map.copyOf(clientProperties);
  }

  public KafkaSettings(String bootstrapServers) {
    this(bootstrapServers, "wishbone", 64, (short) 1, Duration.ofSeconds(4), Map.of());
  }

  String commands() {
    return topicPrefix + "-commands";
  }

  String replies() {
    return topicPrefix + "-replies";
  }

  String events() {
    return topicPrefix + "-events";
  }

  /// Which nodes are alive.
  String heartbeats() {
    return topicPrefix + "-heartbeats";
  }

  /// For programs of others.
  String lifecycle() {
    return topicPrefix + "-lifecycle";
  }

  Map<String, Object> common(String clientId) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
    // One unanswered request must not hold up the next: a broker that has vanished says nothing.
    properties.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    return properties;
  }

  /// Every record goes out at once: a person waits for it.
  Map<String, Object> producer(String clientId) {
    Map<String, Object> properties = common(clientId);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) commandDeadline.toMillis());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, commandDeadline.toMillis());
    return properties;
  }

  /// An event waits for as long as it takes. The producer itself sends it again: only so do all
  /// come in order, and none of them twice, over an outage as long as this.
  Map<String, Object> eventProducer(String clientId) {
    Map<String, Object> properties = producer(clientId);
    properties.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) EVENT_DELIVERY_TIMEOUT.toMillis());
    return properties;
  }

  /// The same for programs of others, who do not wait for it: what happens close together goes out
  /// together.
  Map<String, Object> lifecycleProducer(String clientId) {
    Map<String, Object> properties = eventProducer(clientId);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LIFECYCLE_LINGER_MILLIS);
    return properties;
  }

  Map<String, Object> consumer(String clientId) {
    Map<String, Object> properties = common(clientId);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return properties;
  }
}
