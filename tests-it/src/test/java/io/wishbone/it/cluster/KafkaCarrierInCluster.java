package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.KafkaBroker;
import io.wishbone.control.CloseReason;
import io.wishbone.control.Command;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.control.kafka.KafkaCommands;
import io.wishbone.control.kafka.KafkaEventPublisher;
import io.wishbone.control.kafka.KafkaMediaNodes;
import io.wishbone.control.kafka.KafkaNodeEvents;
import io.wishbone.control.kafka.KafkaSettings;
import io.wishbone.control.kafka.TopicCreator;
import io.wishbone.it.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The carrier over a real broker.
class KafkaCarrierInCluster {

  private static final StreamName STREAM = new StreamName("live");
  private static final String OFFER = "v=0\r\n" + "a=x\r\n".repeat(800);

  @TempDir static Path directory;
  private static KafkaBroker broker;
  private static KafkaSettings settings;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicInteger sessions = new AtomicInteger();

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start(TestCluster.servers(), directory, FreePorts.tcp(4));
    settings = new KafkaSettings(broker.bootstrapServers());
    TopicCreator.createMissing(settings);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private KafkaMediaNodes pod(String name) {
    var pod = new KafkaMediaNodes(settings, name);
    open.add(pod);
    return pod;
  }

  /// A node that answers each offer with its own name.
  private KafkaCommands node(String name, Queue<Command> received) {
    var node =
        new KafkaCommands(
            settings,
            new NodeId(name),
            (command, reply) -> {
              received.add(command);
              reply.accept(new SessionOpened(command.sessionId(), "answer of " + name));
            });
    open.add(node);
    return node;
  }

  private OpenSession offer() {
    return new OpenSession(
        new SessionId("%022d".formatted(sessions.incrementAndGet())),
        STREAM,
        SessionRole.PUBLISHER,
        OFFER);
  }

  @Test
  void takesTracesAlong() throws Exception {
    Queue<Optional<TraceParent>> seen = new ConcurrentLinkedQueue<>();
    open.add(
        new KafkaCommands(
            settings,
            new NodeId("node-traced"),
            (command, reply) -> {
              seen.add(Optional.ofNullable(TraceParent.current()));
              reply.accept(new SessionOpened(command.sessionId(), "answer"));
            }));
    KafkaMediaNodes pod = pod("pod-traced");
    var trace = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);

    trace.call(() -> pod.send(new NodeId("node-traced"), offer())).toCompletableFuture().get();
    pod.send(new NodeId("node-traced"), offer()).toCompletableFuture().get();

    assertThat(seen).containsExactly(Optional.of(trace), Optional.empty());
  }

  @Test
  void bringsEveryCommandToItsNodeAndEveryReplyToItsPod() throws Exception {
    Map<String, Queue<Command>> received = new HashMap<>();
    for (String name : List.of("node-1", "node-2", "node-3")) {
      received.put(name, new ConcurrentLinkedQueue<>());
      node(name, received.get(name));
    }
    List<KafkaMediaNodes> pods = List.of(pod("pod-1"), pod("pod-2"));
    pods.getFirst().send(new NodeId("node-1"), offer()).toCompletableFuture().get();

    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    int count = 1500;
    for (int i = 0; i < count; i++) {
      String node = "node-" + (1 + i % 3);
      OpenSession command = offer();
      long before = System.nanoTime();
      Reply reply =
          pods.get(i % 2)
              .send(new NodeId(node), command)
              .toCompletableFuture()
              .get(5, TimeUnit.SECONDS);
      millis.add((System.nanoTime() - before) / 1e6);
      assertThat(reply).isEqualTo(new SessionOpened(command.sessionId(), "answer of " + node));
    }

    assertThat(received.values().stream().mapToInt(Queue::size).sum()).isEqualTo(count + 1);
    Collections.sort(millis);
    System.out.printf(
        "command and reply over Kafka, one after the other: p50 %.1f ms, p99 %.1f ms (%d)%n",
        millis.get(count / 2), millis.get(count * 99 / 100), count);
  }

  @Test
  void failsACommandWhoseNodeIsNotThere() {
    CompletableFuture<Reply> reply =
        pod("pod-3").send(new NodeId("nobody"), offer()).toCompletableFuture();

    assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("did not reply within 4000 ms");
  }

  @Test
  void bringsEventsToOneOfThePodsAlsoThoseOfATimeWithoutBroker() throws Exception {
    Queue<NodeEvent> first = new ConcurrentLinkedQueue<>();
    Queue<NodeEvent> second = new ConcurrentLinkedQueue<>();
    for (Queue<NodeEvent> queue : List.of(first, second)) {
      var events = new KafkaNodeEvents(settings, "pod-" + (queue == first ? 5 : 6));
      open.add(events);
      events.subscribe(event -> {
        queue.add(event);
        return CompletableFuture.completedStage(null);
      });
      events.start();
    }
    var node = new NodeId("node-5");
    var publisher = new KafkaEventPublisher(settings, node);
    open.add(publisher);
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          publisher.publish(new SessionsAlive(node, List.of()));
          return !first.isEmpty() || !second.isEmpty();
        });

    broker.process().kill();
    for (int i = 0; i < 50; i++) {
      publisher.publish(
          new SessionEnded(
              new SessionId("%022d".formatted(i)),
              STREAM,
              SessionRole.SUBSCRIBER,
              CloseReason.SILENT,
              ""));
    }
    long down = System.nanoTime();
    broker.restart();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ended(first).size() + ended(second).size() >= 50);
    System.out.printf(
        "50 events of a time without broker were there %.1f s after it came back up began%n",
        (System.nanoTime() - down) / 1e9);
    var all = new ArrayList<>(ended(first));
    all.addAll(ended(second));
    assertThat(all).doesNotHaveDuplicates().hasSize(50);
    assertThat(publisher.dropped()).isZero();
  }

  /// Each of eight pods says something for the first time, so that partitions bring something that
  /// had nothing before.
  @Test
  void bringsTheFirstEventOfAPartitionAsSoonAsAnyOther() throws Exception {
    var fresh =
        new KafkaSettings(
            broker.bootstrapServers(), "fresh", 8, (short) 1, Duration.ofSeconds(4), Map.of());
    TopicCreator.createMissing(fresh);
    Queue<NodeEvent> heard = new ConcurrentLinkedQueue<>();
    var events = new KafkaNodeEvents(fresh, "pod-7");
    open.add(events);
    events.subscribe(event -> {
      heard.add(event);
      return CompletableFuture.completedStage(null);
    });
    events.start();
    var first = new KafkaEventPublisher(fresh, new NodeId("node-6"));
    open.add(first);
    first.publish(end(0));
    await().atMost(Duration.ofSeconds(40)).until(() -> ended(heard).size() == 1);

    long begin = System.nanoTime();
    for (int i = 1; i <= 8; i++) {
      var publisher = new KafkaEventPublisher(fresh, new NodeId("first-" + i));
      open.add(publisher);
      publisher.publish(end(i));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> ended(heard).size() == 9);
    System.out.printf(
        "the first events of eight nodes came after %.1f s%n", (System.nanoTime() - begin) / 1e9);
  }

  private static SessionEnded end(int number) {
    return new SessionEnded(
        new SessionId("%022d".formatted(number)),
        STREAM,
        SessionRole.SUBSCRIBER,
        CloseReason.SILENT,
        "");
  }

  private static List<String> ended(Queue<NodeEvent> events) {
    return events.stream()
        .filter(SessionEnded.class::isInstance)
        .map(event -> ((SessionEnded) event).sessionId().value())
        .toList();
  }
}
