package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Where others read what becomes of streams and sessions. Of ours only [LifecycleReader] does.
///
/// Safe for use by many threads; [#send] may block for as long as a command's deadline when no
/// broker can be reached.
final class LifecycleTopic implements AutoCloseable {

  private final String topic;
  private final Producer<String, byte[]> producer;

  LifecycleTopic(KafkaSettings settings, String pod) {
    this(settings, () -> new KafkaProducer<>(settings.lifecycleProducer(pod + "-lifecycle")));
  }

  LifecycleTopic(KafkaSettings settings, Supplier<Producer<String, byte[]>> connect) {
    topic = settings.lifecycle();
    producer = connect.get();
  }

  /// @param key events of one key stay in order
  /// @return complete when brokers have it; exceptionally when it has to be sent again
  CompletionStage<Void> send(String key, byte[] value) {
    var sent = new CompletableFuture<Void>();
    var record = new ProducerRecord<>(topic, key, value);
    RecordHeaders.putTrace(record.headers());
    try {
      producer.send(
          record,
          (_, failure) -> {
            if (failure == null) {
              sent.complete(null);
            } else {
              sent.completeExceptionally(failure);
            }
          });
    } catch (RuntimeException failure) {
      sent.completeExceptionally(failure);
    }
    return sent;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
