package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Server;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One of three brokers stands still, the one to which a node has sent its last heartbeat: no node
/// is taken for dead. So no session is ended, and nobody else gets a stream that has a publisher.
/// Of one that dies, while people come and go, see [ReplicasInCluster].
@UsesCluster(ClusterKind.REPLICAS)
class BrokersInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 3;

  /// Three times as long as a node is silent that is taken for dead, and longer than another broker
  /// takes to be the leader.
  private static final long AWAY_MILLIS = 15_000;

  /// Most of it is for a busy machine. By themselves, Kafka's clients would wait 30 s for a broker
  /// that stands still.
  private static final double LONGEST_PAUSE_SECONDS = 25;

  private static TestCluster cluster;
  private static ClientParts parts;

  private final List<LiveSession> publishers = new ArrayList<>();
  private final List<LiveSession> viewers = new ArrayList<>();

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("broker-clients", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @BeforeEach
  void open() {
    for (int i = 0; i < STREAMS; i++) {
      String stream = "held" + i;
      publishers.add(LiveSession.publish(parts, cluster.pod(i % 2), stream));
      viewers.add(LiveSession.play(parts, cluster.pod(1 - i % 2), stream));
    }
    LiveSession.awaitMore(viewers, 50);
  }

  @AfterEach
  void end() {
    viewers.forEach(each -> each.delete(cluster.pod(0)));
    publishers.forEach(each -> each.delete(cluster.pod(1)));
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 0);
  }

  /// Whoever waits for its answer is not told that none will come.
  @Test
  void oneOfThreeBrokersStandsStill() {
    Server broker = brokerOfAHeartbeat();
    try (var others = new Others()) {
      others.awaitAnswers(10 * STREAMS);
      broker.freeze();
      long left = System.nanoTime();
      LiveSession.awaitMore(viewers, 50);
      awaitAllServed();
      double served = (System.nanoTime() - left) / 1e9;
      Pause.of(Math.max(1, AWAY_MILLIS - (System.nanoTime() - left) / 1_000_000));
      assertThat(endReasons()).isEmpty();
      assertThat(served).isLessThan(LONGEST_PAUSE_SECONDS);
      awaitAllServed();
      broker.thaw();
      long back = System.nanoTime();
      Pause.of(AWAY_MILLIS / 2);
      awaitAllServed();
      others.awaitAnswers(10 * STREAMS);
      System.out.printf(
          "one of three brokers frozen: every session is served again %.1f s after, and at the latest"
              + " %.1f s after it is back; what others were told who wanted its streams: %s%n",
          served, (System.nanoTime() - back) / 1e9, others.told);
      assertThat(others.told.keySet()).containsAnyOf(409).isSubsetOf(409, 503);
    }
    LiveSession.awaitMore(viewers, 50);
    assertThat(endReasons()).isEmpty();
  }

  /// It knows of the broker, which it cannot reach, and has to hear what it can.
  @Test
  void aPodStartsWhileOneOfThreeBrokersStandsStill() {
    Server broker = brokerOfAHeartbeat();
    cluster.cluster().pod(1).close();
    broker.freeze();
    try {
      long begin = System.nanoTime();
      cluster.cluster().startPod(1).awaitReady();
      System.out.printf(
          "a pod that starts while one of three brokers is frozen is ready after %.1f s%n",
          (System.nanoTime() - begin) / 1e9);
      awaitAllServed();
    } finally {
      broker.thaw();
    }
    assertThat(endReasons()).isEmpty();
  }

  private List<String> endReasons() {
    return viewers.stream()
        .filter(each -> each.peer().closeReason() != null)
        .map(each -> each.stream() + ": " + each.peer().closeReason())
        .toList();
  }

  private void awaitAllServed() {
    for (LiveSession each : viewers) {
      for (int pod = 0; pod < TestCluster.PODS; pod++) {
        URI asked = cluster.pod(pod);
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  int status = each.patch(asked).statusCode();
                  assertThat(status).isIn(204, 503);
                  return status;
                },
                status -> status == 204);
      }
    }
  }

  private static Server brokerOfAHeartbeat() {
    String topic = "wishbone-heartbeats";
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", cluster.cluster().bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          IntStream.range(0, consumer.partitionsFor(topic).size())
              .mapToObj(number -> new TopicPartition(topic, number))
              .toList();
      consumer.assign(all);
      consumer.seekToEnd(all);
      ConsumerRecords<String, byte[]> heard =
          await()
              .atMost(PATIENCE)
              .until(() -> consumer.poll(Duration.ofMillis(500)), each -> !each.isEmpty());
      ConsumerRecord<String, byte[]> heartbeat = heard.iterator().next();
      int id =
          consumer.partitionsFor(topic).stream()
              .filter(each -> each.partition() == heartbeat.partition())
              .findFirst()
              .orElseThrow()
              .leader()
              .id();
      System.out.printf("broker %d has the heartbeats of node %s%n", id, heartbeat.key());
      return cluster.cluster().kafka(id - 1).process();
    }
  }

  /// Others who want the same streams, again and again.
  private final class Others implements AutoCloseable {
    private final String offer = LiveSession.publisher(parts).offer();
    private static final int NO_ANSWER = 0;

    private final Map<Integer, LongAdder> told = new ConcurrentSkipListMap<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::run);
    private volatile boolean stopped;

    Others() {
      thread.start();
    }

    private void run() {
      for (int i = 0; !stopped; i++) {
        Pause.of(30);
        String stream = publishers.get(i % STREAMS).stream();
        URI endpoint = cluster.pod(i / STREAMS % 2).resolve("whip/endpoint/" + stream);
        told.computeIfAbsent(post(endpoint), _ -> new LongAdder()).increment();
      }
    }

    private int post(URI endpoint) {
      try {
        return LiveSession.send(
                HttpRequest.newBuilder(endpoint)
                    .header("Content-Type", "application/sdp")
                    .POST(HttpRequest.BodyPublishers.ofString(offer)))
            .statusCode();
      } catch (UncheckedIOException _) {
        return NO_ANSWER;
      }
    }

    private long answers() {
      return told.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void awaitAnswers(int more) {
      long enough = answers() + more;
      await().atMost(PATIENCE).until(() -> answers() >= enough);
    }

    /// Lets whoever is asked last be answered.
    @Override
    public void close() {
      stopped = true;
      try {
        thread.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
