package io.wishbone.control.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// Where others read what becomes of streams and sessions. Of ours only [LifecycleReader] does.
///
/// What brokers refuse for good, such as for want of the right to write there, is counted and
/// passed over: what nodes report is handled once it is told, and had to wait for it without end.
///
/// Safe for use by many threads; [#send] may block for as long as a command's deadline when no
/// broker can be reached.
final class LifecycleTopic implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LifecycleTopic.class.getName());

  private final String topic;
  private final Producer<String, byte[]> producer;
  private final AtomicLong refused = new AtomicLong();

  LifecycleTopic(KafkaSettings settings, String pod) {
    this(settings, () -> new KafkaProducer<>(settings.lifecycleProducer(pod + "-lifecycle")));
  }

  LifecycleTopic(KafkaSettings settings, Supplier<Producer<String, byte[]>> connect) {
    topic = settings.lifecycle();
    producer = connect.get();
  }

  /// @param key events of one key stay in order
  /// @return complete when brokers have it, or would never take it; exceptionally when it has to be
  ///   sent again
  CompletionStage<Void> send(String key, byte[] value) {
    var sent = new CompletableFuture<Void>();
    var record = new ProducerRecord<>(topic, key, value);
    RecordHeaders.putTrace(record.headers());
    try {
      producer.send(record, (_, failure) -> end(sent, failure));
    } catch (RuntimeException failure) {
      end(sent, failure);
    }
    return sent;
  }

  /// Events that no broker would take.
  long refused() {
    return refused.get();
  }

  private void end(CompletableFuture<Void> sent, @Nullable Exception failure) {
    if (failure != null && !isForGood(failure)) {
      sent.completeExceptionally(failure);
      return;
    }
    if (failure != null && refused.getAndIncrement() == 0) {
      LOG.log(
          System.Logger.Level.ERROR,
          "brokers do not take what programs of others are told on "
              + topic
              + "; such events are passed over, and more of them only counted",
          failure);
    }
    sent.complete(null);
  }

  /// Whether a broker has answered, and would answer the same again. Who is not let in at all has
  /// no answer: a password that is being changed is no reason to lose anything.
  private static boolean isForGood(Exception failure) {
    return failure instanceof ApiException
        && !(failure instanceof RetriableException)
        && !(failure instanceof AuthenticationException);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
  }
}
