package io.wishbone.control.kafka;

import io.wishbone.control.ControlCodec;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The node's end of events. Never blocks. What happened once is sent until a broker has it, also
/// when none can be reached for minutes; of what is said again and again, only the latest is sent.
/// That a node is alive is said before all else, and around a broker that does not answer.
public final class KafkaEventPublisher implements EventPublisher, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(KafkaEventPublisher.class.getName());

  private final KafkaSettings settings;
  private final String key;
  private final ControlCodec codec = new ControlCodec();
  private final EventLine line;
  private final EventSender sender;
  private final AtomicBoolean told = new AtomicBoolean();

  public KafkaEventPublisher(KafkaSettings settings, NodeId node) {
    this(settings, node.value(), node.value());
  }

  /// @param member who publishes
  /// @param key events of one key come in order
  KafkaEventPublisher(KafkaSettings settings, String member, String key) {
    this(
        settings,
        key,
        new EventLine(),
        () -> new KafkaProducer<>(settings.eventProducer(member + "-publish")));
  }

  KafkaEventPublisher(
      KafkaSettings settings,
      String key,
      EventLine line,
      Supplier<Producer<String, byte[]>> connect) {
    this.settings = settings;
    this.key = key;
    this.line = line;
    sender = new EventSender(line, connect);
    sender.start();
  }

  /// Events that were lost because too many waited, or because no broker would take them.
  public long dropped() {
    return line.dropped() + sender.refused();
  }

  @Override
  public void publish(NodeEvent event) {
    String topic = event instanceof NodeHeartbeat ? settings.heartbeats() : settings.events();
    var record = new ProducerRecord<>(topic, key, codec.encode(event));
    RecordHeaders.putTrace(record.headers());
    switch (event) {
      case NodeHeartbeat _ -> line.addHeartbeat(record);
      case SessionsAlive _ -> line.addOnce(record);
      case StreamStatus status -> line.addLatest(status.stream(), record);
      case SessionConnected _, SessionOutgrown _, SessionEnded _, SessionNoted _ ->
          line.addSurely(record);
    }
    if (line.dropped() > 0 && told.compareAndSet(false, true)) {
      LOG.log(System.Logger.Level.ERROR, "too many events wait for Kafka: some are dropped");
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
