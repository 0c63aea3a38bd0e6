package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.wishbone.app.cluster.KafkaBroker;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.ExamineSessions;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.control.kafka.KafkaCommands;
import io.wishbone.control.kafka.KafkaEventPublisher;
import io.wishbone.control.kafka.KafkaMediaNodes;
import io.wishbone.control.kafka.KafkaNodeEvents;
import io.wishbone.control.kafka.KafkaSettings;
import io.wishbone.control.kafka.TopicCreator;
import io.wishbone.it.FreePorts;
import io.wishbone.it.Offers;
import io.wishbone.node.MediaNode;
import io.wishbone.node.NodeSettings;
import io.wishbone.node.RelaySettings;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.io.SendPath;
import io.wishbone.node.metrics.NodeMeters;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.node.tracing.NodeTraces;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages that cannot be read, or that come again, over a real broker: they are counted, logged
/// once and skipped, and nothing waits behind them.
class StrangeMessagesInCluster {

  private static final StreamName STREAM = new StreamName("live");
  private static final List<byte[]> JUNK =
      Arrays.asList(
          // A record without a value: a tombstone to Kafka.
          null,
          new byte[0],
          new byte[] {1, 2, 3},
          "{\"type\":\"?\"}".getBytes(StandardCharsets.UTF_8),
          "{\"type\":\"SessionOpened\"}".getBytes(StandardCharsets.UTF_8));

  @TempDir static Path directory;
  private static KafkaBroker broker;
  private static KafkaSettings settings;
  private static KafkaProducer<String, byte[]> producer;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<String> logged = new ArrayList<>();

  @BeforeAll
  static void startBroker() {
    broker = KafkaBroker.start(TestCluster.servers(), directory, FreePorts.tcp(4));
    settings = new KafkaSettings(broker.bootstrapServers());
    TopicCreator.createMissing(settings);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stopBroker() {
    producer.close(Duration.ZERO);
    broker.close();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private <C extends AutoCloseable> C closing(C one) {
    open.push(one);
    return one;
  }

  /// Reads what a class says in the log that something cannot be read.
  private void readLogOf(Class<?> type) {
    Logger logger = Logger.getLogger(type.getName());
    var reader =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord record) {
            if (record.getMessage().contains("cannot be read")) {
              logged.add(record.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(reader);
    open.push(() -> logger.removeHandler(reader));
  }

  private static OpenSession offer(int number) {
    return new OpenSession(
        new SessionId("%022d".formatted(number)), STREAM, SessionRole.PUBLISHER, "v=0\r\n");
  }

  private static Reply get(KafkaMediaNodes pod, String node, Command command) throws Exception {
    return pod.send(new NodeId(node), command).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static void sendJunk(String topic, int partitions, String key, Headers headers) {
    for (byte[] junk : JUNK) {
      for (int partition = 0; partition < partitions; partition++) {
        producer.send(new ProducerRecord<>(topic, partition, null, key, junk, headers));
      }
    }
    producer.flush();
  }

  private static Headers headers() {
    return new ProducerRecord<String, byte[]>("-", new byte[0]).headers();
  }

  /// What goes over a topic from now on.
  private KafkaConsumer<String, byte[]> tap(String topic, int partitions) {
    var consumer =
        closing(
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer()));
    List<TopicPartition> all =
        IntStream.range(0, partitions)
            .mapToObj(number -> new TopicPartition(topic, number))
            .toList();
    consumer.assign(all);
    consumer.seekToEnd(all);
    all.forEach(consumer::position);
    return consumer;
  }

  private static ConsumerRecord<String, byte[]> next(KafkaConsumer<String, byte[]> tap) {
    return await()
        .until(
            () -> {
              var records = tap.poll(Duration.ofMillis(100)).iterator();
              return records.hasNext() ? records.next() : null;
            },
            record -> record != null);
  }

  @Test
  void commandsThatCannotBeReadAreSkipped() throws Exception {
    readLogOf(KafkaCommands.class);
    Queue<Command> received = new ConcurrentLinkedQueue<>();
    KafkaCommands node =
        closing(
            new KafkaCommands(
                settings,
                new NodeId("node-1"),
                (command, reply) -> {
                  received.add(command);
                  reply.accept(new SessionOpened(command.sessionId(), "answer"));
                }));
    KafkaMediaNodes pod = closing(new KafkaMediaNodes(settings, "pod-1"));
    Headers headers = headers();
    headers.add("lifetime-ms", "4000".getBytes(StandardCharsets.UTF_8));
    sendJunk("wishbone-commands", 64, "node-1", headers);

    assertThat(get(pod, "node-1", offer(1))).isInstanceOf(SessionOpened.class);
    assertThat(received).containsExactly(offer(1));
    assertThat(node.malformed()).isEqualTo(JUNK.size());
    assertThat(logged).hasSize(1);
  }

  /// Nobody waits for four seconds for a reply that has come already.
  @Test
  void repliesThatCannotBeReadFailTheirCommandsAtOnce() throws Exception {
    readLogOf(KafkaMediaNodes.class);
    KafkaMediaNodes pod = closing(new KafkaMediaNodes(settings, "pod-2"));
    KafkaConsumer<String, byte[]> commands = tap("wishbone-commands", 64);
    for (int i = 0; i < JUNK.size(); i++) {
      CompletableFuture<Reply> reply =
          pod.send(new NodeId("node-2"), offer(i)).toCompletableFuture();
      Headers headers = headers();
      headers.add("correlation", next(commands).headers().lastHeader("correlation").value());
      for (int partition = 0; partition < 64; partition++) {
        producer.send(
            new ProducerRecord<>(
                "wishbone-replies", partition, null, "pod-2", JUNK.get(i), headers));
      }
      assertThatThrownBy(() -> reply.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(NodeUnreachableException.class)
          .hasMessageContaining("cannot be read");
    }
    assertThat(pod.malformed()).isEqualTo(JUNK.size());
    assertThat(logged).hasSize(1);
  }

  @Test
  void eventsThatCannotBeReadAreSkipped() {
    readLogOf(KafkaNodeEvents.class);
    Queue<NodeEvent> handled = new ConcurrentLinkedQueue<>();
    Queue<NodeEvent> heard = new ConcurrentLinkedQueue<>();
    var events = closing(new KafkaNodeEvents(settings, "pod-3"));
    events.subscribe(event -> {
      handled.add(event);
      return CompletableFuture.completedStage(null);
    });
    events.watch(heard::add);
    events.start();
    var node = new NodeId("node-3");
    var publisher = closing(new KafkaEventPublisher(settings, node));
    // Of heartbeats nothing is heard but what comes once they are listened to.
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          publisher.publish(new NodeHeartbeat(node, "", "", 0, 0, 0, false));
          return !heard.isEmpty();
        });
    sendJunk("wishbone-events", 8, "node-3", headers());
    sendJunk("wishbone-heartbeats", 12, "node-3", headers());
    heard.clear();
    publisher.publish(new SessionsAlive(node, List.of()));
    publisher.publish(new NodeHeartbeat(node, "", "", 0, 0, 0, false));
    await().atMost(Duration.ofSeconds(40)).until(() -> !handled.isEmpty() && heard.size() >= 2);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(events.malformed()).isEqualTo(20L * JUNK.size()));
    assertThat(logged).hasSize(1);
  }

  private MediaNode mediaNode(String name, Queue<NodeEvent> events) throws Exception {
    Vertx vertx = Vertx.vertx();
    open.push(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    var node =
        new MediaNode(
            new NodeSettings(
                new NodeId(name),
                "",
                "",
                1,
                InetAddress.ofLiteral("127.0.0.1"),
                true,
                0,
                List.of(),
                10,
                0,
                List.of(),
                List.of(),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                SendPath.USUAL,
                "auto",
                RelaySettings.USUAL,
                MediaPolicy.USUAL),
            new MediaLoops(vertx),
            events::add,
            (other, _) -> CompletableFuture.failedStage(new NodeUnreachableException(other, "-")),
            NodeMeters.none(),
            NodeTraces.none());
    node.start();
    open.push(node::stop);
    return node;
  }

  private static void repeat(ConsumerRecord<String, byte[]> record) {
    producer.send(
        new ProducerRecord<>(
            record.topic(),
            record.partition(),
            record.timestamp(),
            record.key(),
            record.value(),
            record.headers()));
    producer.flush();
  }

  /// How many sessions the node has, after all commands that were sent so far.
  private static int sessions(KafkaMediaNodes pod, String node, Queue<NodeEvent> events)
      throws Exception {
    get(pod, node, new ExamineSessions(new SessionId("%022d".formatted(99)), List.of()));
    events.clear();
    return await()
        .until(
            () ->
                events.stream()
                    .filter(NodeHeartbeat.class::isInstance)
                    .map(NodeHeartbeat.class::cast)
                    .findFirst()
                    .orElse(null),
            beat -> beat != null)
        .sessions();
  }

  /// Against a real media node: the first repetition finds the session there, the second one after
  /// its end.
  @Test
  void aCommandThatIsRepeatedOpensNothingTwice() throws Exception {
    Queue<NodeEvent> events = new ConcurrentLinkedQueue<>();
    MediaNode node = mediaNode("node-4", events);
    closing(new KafkaCommands(settings, node.id(), node.commands()));
    KafkaMediaNodes pod = closing(new KafkaMediaNodes(settings, "pod-4"));
    KafkaConsumer<String, byte[]> commands = tap("wishbone-commands", 64);
    var id = new SessionId("%022d".formatted(7));
    var opening =
        new OpenSession(
            id, STREAM, SessionRole.PUBLISHER, Offers.read("chromium156-whip-vp8-only.offer.sdp"));

    assertThat(get(pod, "node-4", opening)).isInstanceOf(SessionOpened.class);
    ConsumerRecord<String, byte[]> record = next(commands);
    repeat(record);
    assertThat(sessions(pod, "node-4", events)).isEqualTo(1);

    assertThat(get(pod, "node-4", new CloseSession(id, CloseReason.CLIENT_DELETED)))
        .isEqualTo(new SessionClosed(id));
    repeat(record);
    assertThat(sessions(pod, "node-4", events)).isZero();
  }
}
