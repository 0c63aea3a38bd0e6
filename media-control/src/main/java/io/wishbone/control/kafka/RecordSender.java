package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/// Sends records for threads that may not block: they are queued, and a thread of its own feeds the
/// producer, in order. The queue is bounded; what finds it full is dropped and counted.
final class RecordSender implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(RecordSender.class.getName());

  /// Some megabytes of replies.
  static final int CAPACITY = 20_000;

  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /// @param wanted asked before each attempt: false drops the record
  private record Waiting(ProducerRecord<String, byte[]> record, BooleanSupplier wanted) {}

  private final Map<String, Object> settings;
  private @Nullable KafkaProducer<String, byte[]> producer;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean stopped;

  RecordSender(String name, Map<String, Object> settings) {
    this.settings = settings;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Sends it once: whoever waits for it has a deadline, or the next one says the same anew.
  void sendOnce(ProducerRecord<String, byte[]> record, BooleanSupplier wanted) {
    offer(new Waiting(record, wanted));
  }

  /// Records that found the queue full.
  long dropped() {
    return dropped.get();
  }

  private void offer(Waiting waiting) {
    if (!queue.offer(waiting) && dropped.getAndIncrement() == 0) {
      LOG.log(System.Logger.Level.ERROR, "the queue to Kafka is full: records are dropped");
    }
  }

  private void run() {
    try {
      while (!stopped || !queue.isEmpty()) {
        Waiting next = queue.poll(100, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(next);
        }
      }
    } catch (InterruptedException | InterruptException _) {
      LOG.log(System.Logger.Level.DEBUG, "no more is sent");
    } finally {
      if (producer != null) {
        producer.close(FAREWELL);
      }
    }
  }

  private void send(Waiting waiting) {
    try {
      if (waiting.wanted().getAsBoolean()) {
        var _ = producer().send(waiting.record());
      }
    } catch (InterruptException interrupted) {
      throw interrupted;
    } catch (RuntimeException | Error failure) {
      // Whatever it is, the next record is another one.
      LOG.log(
          System.Logger.Level.WARNING,
          "a record for topic {0} was not sent: {1}",
          waiting.record().topic(),
          failure);
    }
  }

  /// Made on the thread that uses it, as often as it takes: a broker's name may not be known yet.
  private KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      producer = new KafkaProducer<>(settings);
    }
    return producer;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(FAREWELL.multipliedBy(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
