package io.wishbone.control.kafka;

import io.wishbone.control.ControlCodec;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionsAlive;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The node's end of events. Never blocks. What happened once is sent until a broker has it, also
/// when none can be reached for minutes; of what is said again and again, only the latest is sent.
public final class KafkaEventPublisher implements EventPublisher, AutoCloseable {

  private final KafkaSettings settings;
  private final String key;
  private final ControlCodec codec = new ControlCodec();
  private final RecordSender sender;
  private final AtomicReference<Object> latestHeartbeat = new AtomicReference<>(new Object());

  public KafkaEventPublisher(KafkaSettings settings, NodeId node) {
    this(settings, node.value(), node.value());
  }

  /// @param member who publishes
  /// @param key events of one key come in order
  KafkaEventPublisher(KafkaSettings settings, String member, String key) {
    this.settings = settings;
    this.key = key;
    sender = new RecordSender("kafka-events", settings.producer(member + "-publish"));
    sender.start();
  }

  /// Events that were lost because too many waited.
  public long dropped() {
    return sender.dropped();
  }

  @Override
  public void publish(NodeEvent event) {
    var record = new ProducerRecord<>(settings.events(), key, codec.encode(event));
    if (event instanceof NodeHeartbeat) {
      latestHeartbeat.set(record);
      sender.sendOnce(record, () -> latestHeartbeat.get() == record);
    } else if (event instanceof SessionsAlive) {
      sender.sendOnce(record, () -> true);
    } else {
      sender.sendSurely(record);
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
