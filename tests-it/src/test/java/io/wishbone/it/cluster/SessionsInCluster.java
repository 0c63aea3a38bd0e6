package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that any pod serves.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SessionsInCluster {

  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start() {
    parts = ClientParts.start("cluster-clients", new SignalingClient(null));
    cluster = TestCluster.start(directory);
  }

  @AfterAll
  static void stop() {
    parts.close();
    cluster.close();
  }

  @Test
  void servesASessionThroughAnyPod() {
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "any-pod");
    LiveSession played = LiveSession.play(parts, cluster.pod(1), "any-pod");
    played.awaitMore(50);

    assertThat(published.patch(cluster.pod(1)).statusCode()).isEqualTo(204);
    assertThat(played.patch(cluster.pod(0)).statusCode()).isEqualTo(204);
    played.awaitMore(50);
    assertThat(played.delete(cluster.pod(1)).statusCode()).isEqualTo(200);
    assertThat(published.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(10)).until(() -> published.peer().closeReason() != null);
    assertThat(published.delete(cluster.pod(1)).statusCode()).isEqualTo(200);
  }

  @Test
  void spreadsPublishersOverTheNodes() {
    Set<Integer> nodes = new HashSet<>();
    for (int i = 0; i < 9; i++) {
      LiveSession session = LiveSession.publish(parts, cluster.pod(i % 2), "spread-" + i);
      nodes.add(cluster.nodeOf(session.answer()));
      session.delete(cluster.pod(0));
    }
    assertThat(nodes).hasSizeGreaterThan(1);
  }

  @Test
  void tellsEventsAtAnyPod() throws Exception {
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "events");
    LiveSession played = LiveSession.play(parts, cluster.pod(0), "events");
    for (int pod = 0; pod < TestCluster.PODS; pod++) {
      try (var events = EventReader.open(cluster.pod(pod), played, "active")) {
        events.await("event:active");
      }
    }
    played.delete(cluster.pod(1));
    published.delete(cluster.pod(1));
  }

  @Test
  void skipsEventsThatItCannotRead() {
    try (var producer =
        new KafkaProducer<String, byte[]>(
            Map.of("bootstrap.servers", cluster.cluster().kafka().bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 100; i++) {
        producer.send(new ProducerRecord<>("wishbone-events", i % 8, "x", new byte[] {1, 2, 3}));
      }
      producer.flush();
    }
    LiveSession session = LiveSession.publish(parts, cluster.pod(0), "after-junk");
    session.peer();
    LiveSession played = LiveSession.play(parts, cluster.pod(1), "after-junk");
    played.awaitMore(20);
    // That a client has gone reaches the pods as an event behind the junk.
    closeQuietly(session);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> session.patch(cluster.pod(1)).statusCode() == 404);
    String logs =
        cluster.cluster().pods().stream()
            .map(pod -> pod.process().output())
            .reduce("", String::concat);
    assertThat(logs.split("an event cannot be read", -1).length - 1).isBetween(1, TestCluster.PODS);
  }

  private static void closeQuietly(LiveSession session) {
    try {
      session.peer().close();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /// Prints how long an offer takes to be answered, with fifty a second, once that does not change
  /// much any more or a minute is over. Not timed: that depends on what else the machine does.
  @Test
  @Order(Integer.MAX_VALUE)
  void measuresOffers() {
    String offer = LiveSession.publisher(parts).offer();
    long begin = System.nanoTime();
    double last = Double.NaN;
    boolean isSteady = false;
    for (int i = 0; !isSteady && System.nanoTime() - begin < LONGEST_WARM_UP.toNanos(); i++) {
      var warmUp = new Measurement(cluster, offer, "warm-up-" + i + "-");
      warmUp.run(250);
      isSteady = Math.abs(warmUp.millis(50) - last) < 0.2 * last;
      last = warmUp.millis(50);
      System.out.printf("  warming up: %s, %s%n", warmUp, warmUp.cores());
    }
    var measured = new Measurement(cluster, offer, "measured");
    measured.run(1000);
    System.out.printf(
        "POST to 201 through Kafka at 50 a second: %s; %s%n", measured, measured.cores());
    assertThat(measured.answered() + measured.refused()).isEqualTo(1000);
    assertThat(measured.answered()).isPositive();
  }
}
