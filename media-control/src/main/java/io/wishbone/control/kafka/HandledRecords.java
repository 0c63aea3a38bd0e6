package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/// Notes at the broker which records of a group were handled, and only those. What could not be
/// handled comes again, with everything behind it on its partition.
final class HandledRecords implements PollLoop.Batches {

  private static final System.Logger LOG = System.getLogger(HandledRecords.class.getName());

  /// For one batch; well below the interval after which the group takes us for dead.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration COMMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE_BEFORE_REPEATING = Duration.ofMillis(500);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Function<ConsumerRecord<String, byte[]>, CompletionStage<?>> handler;

  /// @param handler returns what completes when the record is handled, exceptionally when it has to
  ///   come again
  HandledRecords(
      KafkaConsumer<String, byte[]> consumer,
      Function<ConsumerRecord<String, byte[]>, CompletionStage<?>> handler) {
    this.consumer = consumer;
    this.handler = handler;
  }

  private record Handling(long offset, CompletionStage<?> end) {}

  @Override
  public void take(ConsumerRecords<String, byte[]> records) {
    Map<TopicPartition, List<Handling>> begun = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      begun
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
          .add(new Handling(record.offset(), handler.apply(record)));
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean repeats = false;
    Map<TopicPartition, OffsetAndMetadata> handled = new HashMap<>();
    for (Map.Entry<TopicPartition, List<Handling>> partition : begun.entrySet()) {
      for (Handling each : partition.getValue()) {
        if (!isHandled(each.end(), deadline)) {
          consumer.seek(partition.getKey(), each.offset());
          repeats = true;
          break;
        }
        handled.put(partition.getKey(), new OffsetAndMetadata(each.offset() + 1));
      }
    }
    if (!handled.isEmpty()) {
      consumer.commitSync(handled, COMMIT);
    }
    if (repeats) {
      pause();
    }
  }

  private static boolean isHandled(CompletionStage<?> end, long deadline) {
    try {
      end.toCompletableFuture()
          .get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | TimeoutException failure) {
      LOG.log(System.Logger.Level.DEBUG, "an event was not handled, and comes again", failure);
      return false;
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_BEFORE_REPEATING);
    } catch (InterruptedException interrupted) {
      throw new InterruptException(interrupted);
    }
  }
}
