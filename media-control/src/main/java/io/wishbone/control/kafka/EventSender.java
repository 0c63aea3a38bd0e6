package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// Feeds a producer with what stands in a line of events, on a thread of its own: neither who has
/// something to say nor a heartbeat waits for a broker's word about an event.
///
/// Whatever goes wrong, also an error of the virtual machine, the thread goes on: without it the
/// node would say nothing any more, and be taken for lost.
final class EventSender implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(EventSender.class.getName());
  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration RETRY = Duration.ofMillis(250);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final EventLine line;
  private final Supplier<Producer<String, byte[]>> connect;
  private final AtomicLong refused = new AtomicLong();
  private final Thread thread =
      Thread.ofPlatform().name("kafka-publish").daemon().unstarted(this::run);
  private @Nullable Producer<String, byte[]> producer;
  private volatile boolean stopped;
  private volatile boolean failing;

  /// @param connect makes the producer, on the thread that uses it, as often as it takes: a
  ///   broker's name may not be known yet
  EventSender(EventLine line, Supplier<Producer<String, byte[]>> connect) {
    this.line = line;
    this.connect = connect;
  }

  void start() {
    thread.start();
  }

  /// Events that no broker would ever take.
  long refused() {
    return refused.get();
  }

  private void run() {
    try {
      while (!stopped || !line.isEmpty()) {
        sendNext();
      }
    } catch (InterruptedException | InterruptException _) {
      LOG.log(System.Logger.Level.DEBUG, "no more events are sent");
    } finally {
      if (producer != null) {
        producer.close(FAREWELL);
      }
    }
  }

  private void sendNext() throws InterruptedException {
    try {
      if (line.recover()) {
        Thread.sleep(RETRY);
      }
      EventLine.Event next = line.next(STEP);
      if (next != null) {
        send(next);
      }
    } catch (InterruptException interrupted) {
      throw interrupted;
    } catch (RuntimeException | Error failure) {
      LOG.log(System.Logger.Level.ERROR, "sending events goes on after an error", failure);
      Thread.sleep(RETRY);
    }
  }

  private void send(EventLine.Event event) {
    try {
      if (producer == null) {
        producer = connect.get();
      }
      var _ = producer.send(addressed(event, producer), (_, failure) -> end(event, failure));
    } catch (InterruptException interrupted) {
      throw interrupted;
    } catch (RuntimeException | Error failure) {
      end(event, failure);
    }
  }

  private static ProducerRecord<String, byte[]> addressed(
      EventLine.Event event, Producer<String, byte[]> producer) {
    ProducerRecord<String, byte[]> record = event.record();
    if (!event.isHeartbeat()) {
      return record;
    }
    List<Integer> ways = ways(record.key(), producer.partitionsFor(record.topic()));
    return new ProducerRecord<>(
        record.topic(),
        ways.get(event.way() % ways.size()),
        record.key(),
        record.value(),
        record.headers());
  }

  /// Partitions at one broker each, first the one of the key.
  private static List<Integer> ways(String key, List<PartitionInfo> partitions) {
    Map<Integer, @Nullable Node> leaders = new HashMap<>();
    partitions.forEach(each -> leaders.put(each.partition(), each.leader()));
    int own = Addressee.partition(key, leaders.size());
    Map<Integer, Integer> ways = new LinkedHashMap<>();
    for (int i = 0; i < leaders.size(); i++) {
      int partition = (own + i) % leaders.size();
      Node leader = leaders.get(partition);
      if (leader != null) {
        ways.putIfAbsent(leader.id(), partition);
      }
    }
    return ways.isEmpty() ? List.of(own) : List.copyOf(ways.values());
  }

  private void end(EventLine.Event event, @Nullable Throwable failure) {
    if (failure == null) {
      failing = false;
      line.arrived(event);
    } else if (failure instanceof RecordTooLargeException) {
      if (refused.getAndIncrement() == 0) {
        LOG.log(System.Logger.Level.ERROR, "an event is larger than Kafka takes", failure);
      }
      line.arrived(event);
    } else {
      if (!failing) {
        failing = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "events for topic {0} are not sent now: {1}",
            event.record().topic(),
            failure instanceof Error ? failure : failure.getMessage());
      }
      line.failed(event);
    }
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
