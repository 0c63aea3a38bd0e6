package io.wishbone.control.kafka;

import java.time.Duration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/// A thread that polls one consumer and hands the records on. Whatever goes wrong with one record,
/// or with the brokers for a while, it goes on: nothing else would notice that it is gone. An error
/// of the virtual machine is no exception to that, for it mostly is one record's, too.
final class PollLoop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(PollLoop.class.getName());
  static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final Batches batches;
  private final Duration breath;
  private final Thread thread;
  private volatile boolean stopped;

  /// Takes in what each poll has brought, also when it is nothing.
  interface Batches {
    void take(ConsumerRecords<String, byte[]> records);

    /// How long the next poll may wait for records.
    default Duration patience() {
      return POLL;
    }
  }

  /// Takes in one record.
  interface Records {
    void take(ConsumerRecord<String, byte[]> record);
  }

  PollLoop(String name, Consumer<String, byte[]> consumer, Batches batches) {
    this(name, consumer, batches, Duration.ZERO);
  }

  /// @param breath how long to wait after records for more of them: each poll costs the brokers and
  ///   this process about as much as some dozens of records
  PollLoop(String name, Consumer<String, byte[]> consumer, Batches batches, Duration breath) {
    this.consumer = consumer;
    this.batches = batches;
    this.breath = breath;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /// Hands records on one by one. One that cannot be taken in is lost.
  static PollLoop oneByOne(String name, Consumer<String, byte[]> consumer, Records sink) {
    return oneByOne(name, consumer, sink, Duration.ZERO);
  }

  /// The same, several at a time where they come close together.
  static PollLoop oneByOne(
      String name, Consumer<String, byte[]> consumer, Records sink, Duration breath) {
    return new PollLoop(
        name, consumer, records -> records.forEach(record -> handOn(record, sink)), breath);
  }

  private static void handOn(ConsumerRecord<String, byte[]> record, Records sink) {
    try {
      sink.take(record);
    } catch (RuntimeException | Error failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "record %s-%d@%d was not taken in"
              .formatted(record.topic(), record.partition(), record.offset()),
          failure);
    }
  }

  /// Lets go of a consumer that is not polled.
  static void close(Consumer<?, ?> consumer) {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        poll();
      }
    } finally {
      consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  private void poll() {
    try {
      ConsumerRecords<String, byte[]> records = consumer.poll(batches.patience());
      batches.take(records);
      if (!records.isEmpty() && !breath.isZero()) {
        sleep(breath);
      }
    } catch (WakeupException | InterruptException _) {
      stopped = true;
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot poll, and goes on: {1}",
          thread.getName(),
          failure.toString());
      sleep(PAUSE_AFTER_FAILURE);
    } catch (Error error) {
      LOG.log(System.Logger.Level.ERROR, thread.getName() + " goes on after an error", error);
      sleep(PAUSE_AFTER_FAILURE);
    }
  }

  private void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      stopped = true;
    }
  }

  @Override
  public void close() {
    stopped = true;
    consumer.wakeup();
    try {
      thread.join(Duration.ofSeconds(3));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
