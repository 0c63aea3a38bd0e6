package io.wishbone.control.kafka;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against a consumer that brings what the test gives it.
class PollLoopTest {

  private static final TopicPartition PARTITION = new TopicPartition("events", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final BlockingQueue<Long> taken = new LinkedBlockingQueue<>();
  private PollLoop loop;

  @BeforeEach
  void assign() {
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private void bring(int from, int to) {
    for (int offset = from; offset < to; offset++) {
      consumer.addRecord(new ConsumerRecord<>("events", 0, offset, "node", new byte[0]));
    }
  }

  private void take(ConsumerRecord<String, byte[]> record) {
    taken.add(record.offset());
    switch ((int) record.offset()) {
      case 0 -> throw new IllegalStateException("the test says so");
      case 1 -> throw new NoClassDefFoundError("the test says so");
      default -> {}
    }
  }

  @Test
  void goesOnAfterARecordThatEndsInAnError() throws InterruptedException {
    bring(0, 3);
    loop = PollLoop.oneByOne("test", consumer, this::take);
    loop.start();
    for (long offset = 0; offset < 3; offset++) {
      assertThat(taken.poll(10, SECONDS)).isEqualTo(offset);
    }
  }

  @Test
  void goesOnWhenPollingFailsForAWhile() throws InterruptedException {
    consumer.setPollException(new TimeoutException("no broker"));
    loop = PollLoop.oneByOne("test", consumer, this::take);
    loop.start();
    consumer.schedulePollTask(() -> {
      throw new StackOverflowError("the test says so");
    });
    consumer.schedulePollTask(() -> bring(2, 3));
    assertThat(taken.poll(20, SECONDS)).isEqualTo(2);
  }

  /// An error that comes back would hold up all that comes behind it.
  @Test
  void passesOverAnEventOfAGroupThatEndsInAnError() throws InterruptedException {
    var handled =
        new HandledRecords(
            consumer,
            record -> {
              taken.add(record.offset());
              if (record.offset() == 1) {
                throw new NoClassDefFoundError("the test says so");
              }
              return CompletableFuture.completedFuture(null);
            },
            _ -> {});
    bring(0, 3);
    loop = new PollLoop("test", consumer, handled);
    loop.start();
    for (long offset = 0; offset < 3; offset++) {
      assertThat(taken.poll(10, SECONDS)).isEqualTo(offset);
    }
    assertThat(taken.poll(1, SECONDS)).isNull();
  }
}
