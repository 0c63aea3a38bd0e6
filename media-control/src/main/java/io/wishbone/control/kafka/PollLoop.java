package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/// A thread that polls one consumer and hands each record on. Whatever goes wrong with one record,
/// or with the brokers for a while, it goes on.
final class PollLoop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(PollLoop.class.getName());
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Consumer<ConsumerRecord<String, byte[]>> sink;
  private final boolean commits;
  private final Thread thread;
  private volatile boolean stopped;

  /// @param commits whether what was handed on is noted at the broker, for consumers of a group
  PollLoop(
      String name,
      KafkaConsumer<String, byte[]> consumer,
      boolean commits,
      Consumer<ConsumerRecord<String, byte[]>> sink) {
    this.consumer = consumer;
    this.sink = sink;
    this.commits = commits;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
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
      consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
  }

  private void poll() {
    try {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : records) {
        handOn(record);
      }
      if (commits && !records.isEmpty()) {
        consumer.commitAsync();
      }
    } catch (WakeupException | InterruptException _) {
      stopped = true;
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, thread.getName() + " cannot poll, and goes on", failure);
      pause();
    }
  }

  private void handOn(ConsumerRecord<String, byte[]> record) {
    try {
      sink.accept(record);
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "record %s-%d@%d was not taken in"
              .formatted(record.topic(), record.partition(), record.offset()),
          failure);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
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
