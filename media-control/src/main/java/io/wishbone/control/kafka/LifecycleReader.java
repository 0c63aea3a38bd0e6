package io.wishbone.control.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/// Reads back what programs of others are told, for the one that is told by HTTP: the pods together
/// are one consumer group, which notes what was handled.
final class LifecycleReader implements AutoCloseable {

  /// How soon the events of a pod that died reach another one.
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;

  private static final int MOST_AT_ONCE = 500;

  /// Events that come close together are told together.
  private static final Duration BREATH = Duration.ofMillis(50);

  /// Where a group begins that is new: at most so far back. What it begins with is noted at once,
  /// so that this is asked once in the life of a cluster.
  private static final Duration BEGINNING = Duration.ofMinutes(10);

  private final PollLoop loop;

  LifecycleReader(KafkaSettings settings, String pod, LifecycleHandler handler) {
    var member = new KafkaConsumer<String, byte[]>(group(settings, pod));
    try {
      var handled =
          new HandledRecords(
              member, record -> handler.take(record.partition(), record.value()), _ -> {});
      member.subscribe(List.of(settings.lifecycle()), new Lanes(member, handled, handler));
      loop = new PollLoop("kafka-lifecycle", member, handled, BREATH);
    } catch (RuntimeException failure) {
      PollLoop.close(member);
      throw failure;
    }
  }

  static Map<String, Object> group(KafkaSettings settings, String pod) {
    Map<String, Object> properties = new HashMap<>(settings.consumer(pod + "-webhook"));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "-webhook");
    // What was noted is gone when a receiver was away for longer than the topic keeps anything.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 4);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    return properties;
  }

  /// Tells the handler which lanes are not its any more, before another pod has them.
  private record Lanes(
      KafkaConsumer<String, byte[]> member, HandledRecords handled, LifecycleHandler handler)
      implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      handled.note(FirstOffsets.seek(member, partitions, Instant.now().minus(BEGINNING)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      leave(partitions);
      handled.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      leave(partitions);
      handled.onPartitionsLost(partitions);
    }

    private void leave(Collection<TopicPartition> partitions) {
      partitions.forEach(partition -> handler.leave(partition.partition()));
    }
  }

  void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }
}
