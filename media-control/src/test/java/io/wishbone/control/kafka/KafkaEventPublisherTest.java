package io.wishbone.control.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.CloseReason;
import io.wishbone.control.ControlCodec;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.TraceParent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a producer that only notes what it is given, and says when the test wants it to that a
/// record has arrived.
class KafkaEventPublisherTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final int PARTITIONS = 12;
  private static final int OWN = Addressee.partition(NODE.value(), PARTITIONS);

  private final ControlCodec codec = new ControlCodec();
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(
          cluster(),
          false,
          new RoundRobinPartitioner(),
          new StringSerializer(),
          new ByteArraySerializer());
  private final KafkaEventPublisher publisher =
      new KafkaEventPublisher(
          new KafkaSettings("unused:9092"), NODE.value(), new EventLine(), () -> producer);

  @AfterEach
  void close() {
    while (producer.completeNext()) {
      // All that was sent has arrived.
    }
    publisher.close();
  }

  /// Of heartbeats, the node's own partition and the next are at broker 1, then come one that is at
  /// none, one at broker 2, and the rest at broker 3.
  private static Cluster cluster() {
    var brokers = IntStream.range(0, 4).mapToObj(id -> new Node(id, "unused", 9092)).toList();
    List<PartitionInfo> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      Node leader =
          switch (i) {
            case 0, 1 -> brokers.get(1);
            case 2 -> null;
            case 3 -> brokers.get(2);
            default -> brokers.get(3);
          };
      partitions.add(partition("wishbone-heartbeats", (OWN + i) % PARTITIONS, leader));
      partitions.add(partition("wishbone-events", i, brokers.get(0)));
    }
    return new Cluster("cluster", brokers, partitions, Set.of(), Set.of());
  }

  private static PartitionInfo partition(String topic, int number, @Nullable Node leader) {
    return new PartitionInfo(topic, number, leader, new Node[0], new Node[0]);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("what is waited for comes in time").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private List<NodeEvent> sent() throws Exception {
    List<NodeEvent> events = new ArrayList<>();
    for (var record : producer.history()) {
      events.add(codec.decodeEvent(record.value()));
    }
    return events;
  }

  private static SessionEnded ended(int number) {
    return new SessionEnded(
        new SessionId("%022d".formatted(number)),
        new StreamName("live"),
        SessionRole.SUBSCRIBER,
        CloseReason.SILENT,
        "");
  }

  private static NodeHeartbeat heartbeat(int subscribers) {
    return new NodeHeartbeat(NODE, "", "", 0, subscribers, 0, false);
  }

  @Test
  void anEventTakesItsTraceAlong() {
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    publisher.publish(ended(1));
    trace.run(() -> publisher.publish(ended(2)));
    await(() -> producer.history().size() >= 2);
    assertThat(producer.history())
        .extracting(record -> RecordHeaders.text(record.headers(), RecordHeaders.TRACE_PARENT))
        .containsExactly(null, trace.value());
  }

  @Test
  void aHeartbeatDoesNotWaitForThousandsOfEventsThatNobodyConfirms() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      publisher.publish(ended(i));
    }
    await(() -> producer.history().size() >= EventLine.ON_THE_WAY);
    publisher.publish(heartbeat(1));
    await(() -> producer.history().size() >= EventLine.ON_THE_WAY + 1);
    assertThat(sent()).hasSize(EventLine.ON_THE_WAY + 1).endsWith(heartbeat(1));
  }

  @Test
  void sendsThousandsInOrderWithHeartbeatsInBetween() throws Exception {
    List<NodeEvent> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      all.add(ended(i));
      publisher.publish(all.getLast());
    }
    // Every time that a few more have arrived, the node says that it is alive.
    for (int beat = 0;
        sent().stream().filter(SessionEnded.class::isInstance).count() < 2_000;
        beat++) {
      NodeHeartbeat heartbeat = heartbeat(beat);
      publisher.publish(heartbeat);
      await(() -> isSent(heartbeat));
      for (int i = 0; i <= EventLine.ON_THE_WAY; i++) {
        producer.completeNext();
      }
    }
    List<NodeEvent> others = new ArrayList<>(sent());
    others.removeIf(NodeHeartbeat.class::isInstance);
    assertThat(others).isEqualTo(all);
  }

  @Test
  void aHeartbeatIsSentToAnotherBrokerWhileOneDoesNotAnswer() {
    for (int beat = 0; beat < EventLine.WAYS; beat++) {
      NodeHeartbeat heartbeat = heartbeat(beat);
      publisher.publish(heartbeat);
      await(() -> isSent(heartbeat));
    }
    publisher.publish(ended(1));
    await(() -> producer.history().size() == EventLine.WAYS + 1);
    assertThat(producer.history().subList(0, EventLine.WAYS))
        .allSatisfy(record -> assertThat(record.topic()).isEqualTo("wishbone-heartbeats"))
        .extracting(ProducerRecord::partition)
        .containsExactly(OWN, (OWN + 3) % PARTITIONS, (OWN + 4) % PARTITIONS);
    assertThat(producer.history().getLast().topic()).isEqualTo("wishbone-events");
  }

  private boolean isSent(NodeEvent event) {
    byte[] bytes = codec.encode(event);
    return producer.history().stream().anyMatch(each -> Arrays.equals(each.value(), bytes));
  }

  @Test
  void whatFailsIsSentAgain() throws Exception {
    for (int i = 0; i < 3; i++) {
      publisher.publish(ended(i));
    }
    await(() -> producer.history().size() == 3);
    producer.completeNext();
    producer.errorNext(new TimeoutException("no broker"));
    producer.errorNext(new TimeoutException("no broker"));
    await(() -> producer.history().size() == 5);
    assertThat(sent()).containsExactly(ended(0), ended(1), ended(2), ended(1), ended(2));
  }

  /// Nobody else would say that the node is alive.
  @Test
  void goesOnAfterAnError() throws Exception {
    var connects = new AtomicInteger();
    var another =
        new KafkaEventPublisher(
            new KafkaSettings("unused:9092"),
            NODE.value(),
            new EventLine(),
            () -> {
              if (connects.getAndIncrement() == 0) {
                throw new NoClassDefFoundError("the test says so");
              }
              return producer;
            });
    another.publish(ended(1));
    await(() -> producer.history().size() == 1);
    another.publish(heartbeat(1));
    await(() -> producer.history().size() == 2);
    assertThat(sent()).containsExactly(ended(1), heartbeat(1));
    while (producer.completeNext()) {
      // All that was sent has arrived.
    }
    another.close();
  }

  @Test
  void onlyTheLatestStatusOfAStreamGoesAfterAnOutage() throws Exception {
    for (int i = 0; i < EventLine.ON_THE_WAY; i++) {
      publisher.publish(ended(i));
    }
    await(() -> producer.history().size() == EventLine.ON_THE_WAY);
    for (int viewers = 0; viewers < 3_000; viewers++) {
      publisher.publish(status("a", viewers));
      publisher.publish(status("b", viewers));
    }
    await(() -> producer.history().size() == EventLine.ON_THE_WAY);
    while (producer.completeNext()) {
      // The outage is over.
    }
    await(() -> producer.history().size() == EventLine.ON_THE_WAY + 2);
    assertThat(sent()).endsWith(status("a", 2_999), status("b", 2_999));
    assertThat(publisher.dropped()).isZero();
  }

  private static StreamStatus status(String stream, int viewers) {
    return new StreamStatus(NODE, new StreamName(stream), true, viewers, List.of());
  }

  @Test
  void whatNoBrokerTakesDoesNotHoldUpTheRest() throws Exception {
    publisher.publish(ended(0));
    publisher.publish(ended(1));
    await(() -> producer.history().size() == 2);
    producer.errorNext(new RecordTooLargeException("too large"));
    producer.completeNext();
    publisher.publish(ended(2));
    await(() -> producer.history().size() == 3);
    assertThat(sent()).containsExactly(ended(0), ended(1), ended(2));
    assertThat(publisher.dropped()).isEqualTo(1);
  }
}
