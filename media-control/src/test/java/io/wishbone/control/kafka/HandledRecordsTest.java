package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a consumer that brings what the test gives it.
class HandledRecordsTest {

  private static final TopicPartition FIRST = new TopicPartition("events", 0);
  private static final TopicPartition SECOND = new TopicPartition("events", 1);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final List<Begun> begun = new ArrayList<>();
  private long now;
  private boolean fails;
  private final HandledRecords handled =
      new HandledRecords(
          consumer,
          record -> {
            begun.add(new Begun(record.partition(), record.offset(), new CompletableFuture<>()));
            if (fails) {
              begun.getLast().end().completeExceptionally(new IllegalStateException("is away"));
            }
            return begun.getLast().end();
          },
          _ -> {},
          () -> now);

  private record Begun(int partition, long offset, CompletableFuture<Void> end) {}

  @BeforeEach
  void assign() {
    consumer.subscribe(List.of("events"));
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    consumer.rebalance(List.of(FIRST, SECOND));
  }

  private void bring(TopicPartition partition, int from, int to) {
    for (int offset = from; offset < to; offset++) {
      consumer.addRecord(
          new ConsumerRecord<>("events", partition.partition(), offset, "node", new byte[0]));
    }
  }

  /// A second later than the last time.
  private void poll() {
    now += 1_000_000_000;
    handled.take(consumer.poll(Duration.ZERO));
  }

  private long noted(TopicPartition partition) {
    OffsetAndMetadata noted = consumer.committed(Set.of(partition)).get(partition);
    return noted == null ? 0 : noted.offset();
  }

  private List<Long> offsets() {
    return begun.stream().map(Begun::offset).toList();
  }

  /// A group that is new would otherwise begin elsewhere when its first member dies.
  @Test
  void notesWhereAPartitionBegins() {
    handled.note(Map.of(FIRST, new OffsetAndMetadata(7)));
    poll();
    assertThat(noted(FIRST)).isEqualTo(7);
    assertThat(noted(SECOND)).isZero();
  }

  @Test
  void nothingMoreIsBegunOfAPartitionWhileSomethingOfItIsUnfinished() {
    bring(FIRST, 0, 3);
    poll();
    bring(FIRST, 3, 6);
    for (int i = 0; i < 5; i++) {
      poll();
    }
    assertThat(offsets()).containsExactly(0L, 1L, 2L);
    assertThat(consumer.paused()).containsExactly(FIRST);

    begun.get(0).end().complete(null);
    poll();
    assertThat(noted(FIRST)).isEqualTo(1);
    begun.get(1).end().complete(null);
    begun.get(2).end().complete(null);
    poll();
    assertThat(noted(FIRST)).isEqualTo(3);
    assertThat(consumer.paused()).isEmpty();
    poll();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void notesWhatCameCloseTogetherAtOnce() {
    for (int offset = 0; offset < 4; offset++) {
      bring(FIRST, offset, offset + 1);
      now += 100_000_000;
      handled.take(consumer.poll(Duration.ZERO));
      begun.getLast().end().complete(null);
      handled.take(consumer.poll(Duration.ZERO));
      // The first one at once, what came since when a quarter of a second is over.
      assertThat(noted(FIRST)).isEqualTo(offset < 3 ? 1 : 3);
    }
    assertThat(handled.patience()).isLessThan(PollLoop.POLL);
    poll();
    assertThat(noted(FIRST)).isEqualTo(4);
    assertThat(handled.patience()).isEqualTo(PollLoop.POLL);
  }

  @Test
  void otherPartitionsGoOnMeanwhile() {
    bring(FIRST, 0, 1);
    poll();
    bring(SECOND, 0, 1);
    poll();
    begun.getLast().end().complete(null);
    poll();
    assertThat(noted(FIRST)).isZero();
    assertThat(noted(SECOND)).isEqualTo(1);
    assertThat(consumer.paused()).containsExactly(FIRST);
  }

  @Test
  void whatFailedComesAgainOnceAllBehindItHasEnded() {
    bring(FIRST, 0, 3);
    poll();
    begun.get(0).end().complete(null);
    begun.get(1).end().completeExceptionally(new IllegalStateException("a store is away"));
    poll();
    assertThat(noted(FIRST)).isEqualTo(1);
    assertThat(consumer.paused()).containsExactly(FIRST);
    begun.get(2).end().complete(null);
    poll();
    assertThat(consumer.paused()).isEmpty();
    assertThat(consumer.position(FIRST)).isEqualTo(1);
    assertThat(noted(FIRST)).isEqualTo(1);

    bring(FIRST, 1, 3);
    poll();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 1L, 2L);
  }

  private void failAt(int offset) {
    fails = true;
    consumer.seek(FIRST, offset);
    bring(FIRST, offset, offset + 1);
    handled.take(consumer.poll(Duration.ZERO));
    fails = false;
  }

  @Test
  void saysOnceThatAPartitionDoesNotGetOn() {
    var logged = new ArrayList<LogRecord>();
    var reader =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            logged.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(HandledRecords.class.getName());
    logger.addHandler(reader);
    try {
      failAt(0);
      now += HandledRecords.NO_PROGRESS.toNanos() - 1;
      failAt(0);
      assertThat(logged).isEmpty();
      now++;
      failAt(0);
      failAt(0);
      assertThat(logged)
          .singleElement()
          .satisfies(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getParameters()).contains(FIRST, "0");
          });
      // It gets on, and what fails next has a time of its own.
      failAt(1);
      assertThat(logged).extracting(LogRecord::getLevel).containsExactly(Level.WARNING, Level.INFO);
      now += HandledRecords.NO_PROGRESS.toNanos();
      failAt(1);
      assertThat(logged).hasSize(3).last().extracting(LogRecord::getLevel).isEqualTo(Level.WARNING);
    } finally {
      logger.removeHandler(reader);
    }
  }

  @Test
  void aPartitionThatIsTakenAwayAndComesBackBringsNothingTwiceThatIsStillInHand() {
    bring(FIRST, 0, 3);
    poll();
    begun.get(0).end().complete(null);
    handled.onPartitionsRevoked(List.of(FIRST, SECOND));
    assertThat(noted(FIRST)).isEqualTo(1);
    consumer.rebalance(List.of());
    consumer.rebalance(List.of(FIRST));
    consumer.seek(FIRST, 1);
    bring(FIRST, 1, 4);
    poll();
    assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L);
    begun.forEach(each -> each.end().complete(null));
    poll();
    assertThat(noted(FIRST)).isEqualTo(4);
    assertThat(consumer.paused()).isEmpty();
  }

  @Test
  void aPartitionThatIsTakenAwayForGoodIsNotNotedAnyMore() {
    bring(FIRST, 0, 2);
    poll();
    handled.onPartitionsLost(List.of(FIRST));
    consumer.rebalance(List.of(SECOND));
    begun.forEach(each -> each.end().complete(null));
    bring(SECOND, 0, 1);
    poll();
    begun.getLast().end().complete(null);
    poll();
    assertThat(noted(FIRST)).isZero();
    assertThat(noted(SECOND)).isEqualTo(1);
  }

  @Test
  void kafkaTakesTheSettingsOfTheGroup() {
    Map<String, Object> settings = KafkaNodeEvents.group(new KafkaSettings("127.0.0.1:1"), "pod-1");
    assertThat(settings).containsEntry("auto.offset.reset", "by_duration:PT10M");
    PollLoop.close(new KafkaConsumer<String, byte[]>(settings));
  }
}
