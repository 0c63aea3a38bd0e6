package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the topics that are missing, at the start and whenever brokers are back, and knows how
/// many partitions they have.
public final class TopicCreator {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int EVENT_PARTITIONS = 8;

  /// Equally many at each of two, three, four or six brokers.
  private static final int HEARTBEAT_PARTITIONS = 12;

  private static final short ONE_COPY = 1;
  private static final Duration HEARTBEAT_RETENTION = Duration.ofMinutes(10);
  private static final Duration COMMAND_RETENTION = Duration.ofMinutes(10);
  private static final Duration EVENT_RETENTION = Duration.ofDays(1);
  private static final Duration LIFECYCLE_RETENTION = Duration.ofDays(7);

  private TopicCreator() {}

  /// All that there have to be. Who makes them by other means, makes them so.
  public static List<NewTopic> topics(KafkaSettings settings) {
    return List.of(
        topic(settings, settings.commands(), settings.partitions(), COMMAND_RETENTION),
        topic(settings, settings.replies(), settings.partitions(), COMMAND_RETENTION),
        topic(settings, settings.events(), EVENT_PARTITIONS, EVENT_RETENTION),
        heartbeats(settings),
        topic(settings, settings.lifecycle(), EVENT_PARTITIONS, LIFECYCLE_RETENTION));
  }

  /// @throws IllegalStateException when no broker answers, or one refuses; it says which and why
  public static void createMissing(KafkaSettings settings) {
    List<NewTopic> topics = topics(settings);
    try (Admin admin = Admin.create(settings.common("wishbone-topics"))) {
      Set<String> present = present(admin, settings.bootstrapServers());
      for (NewTopic topic : topics) {
        if (!present.contains(topic.name())) {
          create(admin, topic, settings.bootstrapServers());
        }
      }
    }
  }

  /// At one broker each: what is at several cannot be read before all of them have it, or have been
  /// silent for so long that they are left out. A heartbeat cannot wait for that, and nobody misses
  /// one that is lost: the next takes another way.
  private static NewTopic heartbeats(KafkaSettings settings) {
    return new NewTopic(settings.heartbeats(), HEARTBEAT_PARTITIONS, ONE_COPY)
        .configs(
            Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(HEARTBEAT_RETENTION.toMillis()),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Short.toString(ONE_COPY)));
  }

  private static NewTopic topic(
      KafkaSettings settings, String name, int partitions, Duration retention) {
    return new NewTopic(name, partitions, settings.replicationFactor())
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis())));
  }

  private static Set<String> present(Admin admin, String servers) {
    try {
      return admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(
          "the topics of Kafka " + servers + " cannot be listed", failure.getCause());
    } catch (TimeoutException failure) {
      throw new IllegalStateException("Kafka at " + servers + " does not answer", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were looked at", failure);
    }
  }

  private static void create(Admin admin, NewTopic topic, String servers) {
    try {
      admin.createTopics(List.of(topic)).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "topic " + topic.name() + " cannot be made at Kafka " + servers, failure.getCause());
      }
    } catch (TimeoutException failure) {
      throw new IllegalStateException("Kafka at " + servers + " does not answer", failure);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were made", failure);
    }
  }

  /// How many partitions a topic has. A broker that has just come up may not know yet.
  static int partitions(KafkaConsumer<?, ?> consumer, String topic) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      int partitions = consumer.partitionsFor(topic, PATIENCE).size();
      if (partitions > 0) {
        return partitions;
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Kafka does not know the topic " + topic);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
