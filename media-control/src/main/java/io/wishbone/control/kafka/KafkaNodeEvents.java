package io.wishbone.control.kafka;

import io.wishbone.control.ControlCodec;
import io.wishbone.control.MalformedMessageException;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/// The pods' end of events: together they are one consumer group, so that each event is handled by
/// one of them, also when it came while no pod was there. An event may come twice after a pod has
/// died; those of one node come in order.
public final class KafkaNodeEvents implements NodeEvents, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(KafkaNodeEvents.class.getName());

  /// How soon the events of a pod that died reach another one.
  private static final int SESSION_TIMEOUT_MILLIS = 6_000;

  private final ControlCodec codec = new ControlCodec();
  private final List<Consumer<NodeEvent>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong malformed = new AtomicLong();
  private final PollLoop loop;

  public KafkaNodeEvents(KafkaSettings settings, String pod) {
    Map<String, Object> properties = new HashMap<>(settings.consumer(pod + "-events"));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.topicPrefix() + "-signaling");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 4);
    var consumer = new KafkaConsumer<String, byte[]>(properties);
    consumer.subscribe(List.of(settings.events()));
    loop = new PollLoop("kafka-events", consumer, true, this::onEvent);
  }

  /// Begins to hand events on, once everybody who wants them has subscribed.
  public void start() {
    loop.start();
  }

  /// Events that could not be read, and were skipped.
  public long malformed() {
    return malformed.get();
  }

  @Override
  public void subscribe(Consumer<NodeEvent> listener) {
    listeners.add(listener);
  }

  private void onEvent(ConsumerRecord<String, byte[]> record) {
    NodeEvent event;
    try {
      event = codec.decodeEvent(record.value());
    } catch (MalformedMessageException e) {
      if (malformed.getAndIncrement() == 0) {
        LOG.log(System.Logger.Level.ERROR, "an event cannot be read", e);
      }
      return;
    }
    for (Consumer<NodeEvent> listener : listeners) {
      listener.accept(event);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
