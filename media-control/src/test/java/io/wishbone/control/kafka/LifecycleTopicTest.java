package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.TraceParent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/// What is told counts as told when brokers have it.
class LifecycleTopicTest {
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          false, new RoundRobinPartitioner(), new StringSerializer(), new ByteArraySerializer());
  private final LifecycleTopic topic =
      new LifecycleTopic(new KafkaSettings("nowhere:9092"), () -> producer);

  private CompletableFuture<Void> send(String text) {
    return topic.send("studio", text.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
  }

  @Test
  void isDoneWhenBrokersHaveIt() {
    CompletableFuture<Void> sent = send("{}");
    assertThat(sent).isNotDone();
    producer.completeNext();
    assertThat(sent).isCompleted();
    assertThat(producer.history())
        .singleElement()
        .satisfies(record -> {
          assertThat(record.topic()).isEqualTo("wishbone-lifecycle");
          assertThat(record.key()).isEqualTo("studio");
          assertThat(record.value()).asString().isEqualTo("{}");
          assertThat(record.headers()).isEmpty();
        });
  }

  @Test
  void hasToComeAgainWhenTheyDoNot() {
    CompletableFuture<Void> sent = send("{}");
    producer.errorNext(new TimeoutException("no broker"));
    assertThat(sent).isCompletedExceptionally();
    producer.sendException = new TimeoutException("no metadata");
    assertThat(send("{}")).isCompletedExceptionally();
  }

  /// Nodes' reports are handled once they are told here, and those of all streams would wait for
  /// one.
  @Test
  void isPassedOverWhenTheyRefuseItForGood() {
    CompletableFuture<Void> forbidden = send("{}");
    producer.errorNext(new TopicAuthorizationException("no right to write there"));
    assertThat(forbidden).isCompleted();
    producer.sendException = new RecordTooLargeException("too large");
    assertThat(send("{}")).isCompleted();
    assertThat(topic.refused()).isEqualTo(2);
  }

  @Test
  void hasToComeAgainWhenItMayBeTakenLater() {
    List<RuntimeException> passing =
        List.of(
            new NotEnoughReplicasException("one of two is away"),
            new SaslAuthenticationException("the password is being changed"),
            new KafkaException("the producer is closed"));
    for (RuntimeException failure : passing) {
      CompletableFuture<Void> sent = send("{}");
      producer.errorNext(failure);
      assertThat(sent).as(failure.getMessage()).isCompletedExceptionally();
    }
    assertThat(topic.refused()).isZero();
  }

  @Test
  void namesTheTraceThatItBelongsTo() {
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    trace.run(() -> send("{}"));
    assertThat(
            RecordHeaders.text(producer.history().getFirst().headers(), RecordHeaders.TRACE_PARENT))
        .isEqualTo(trace.value());
  }
}
