package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that any pod serves.
class SessionsInCluster {

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(directory);
    parts = ClientParts.start("cluster-clients", new SignalingClient(null));
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
    assertThat(played.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
    assertThat(published.delete(cluster.pod(1)).statusCode()).isEqualTo(200);
    await().atMost(Duration.ofSeconds(10)).until(() -> published.peer().closeReason() != null);
    assertThat(published.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
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

  /// Prints how long an offer takes to be answered, with fifty a second. Not timed: that depends on
  /// what else the machine does.
  @Test
  void measuresOffers() throws Exception {
    String offer = LiveSession.publisher(parts).offer();
    measure(offer, 100, "warm-up");
    List<Double> millis = measure(offer, 1000, "measured");
    assertThat(millis).hasSize(1000);
    System.out.printf(
        "POST to 201 through Kafka at 50 a second: p50 %.1f ms, p99 %.1f ms, most %.1f ms (%d)%n",
        millis.get(500), millis.get(990), millis.getLast(), millis.size());
  }

  private static List<Double> measure(String offer, int count, String name) throws Exception {
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    var failed = new AtomicInteger();
    try (var clock = Executors.newSingleThreadScheduledExecutor();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = new AtomicInteger();
      var ticks =
          clock.scheduleAtFixedRate(
              () -> {
                int number = next.getAndIncrement();
                if (number < count) {
                  threads.submit(() -> offer(offer, name + number, number, millis, failed));
                }
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
      await().atMost(Duration.ofSeconds(120)).until(() -> millis.size() + failed.get() == count);
      ticks.cancel(false);
    }
    assertThat(failed).hasValue(0);
    var sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted;
  }

  private static void offer(
      String offer, String stream, int number, List<Double> millis, AtomicInteger failed) {
    try {
      URI pod = cluster.pod(number % 2);
      long begin = System.nanoTime();
      var response =
          LiveSession.send(
              HttpRequest.newBuilder(pod.resolve("whip/endpoint/" + stream))
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer)));
      double took = (System.nanoTime() - begin) / 1e6;
      if (response.statusCode() == 201) {
        URI session = URI.create(response.headers().firstValue("Location").orElseThrow());
        LiveSession.send(
            HttpRequest.newBuilder(cluster.pod(1 - number % 2).resolve(session.getPath()))
                .DELETE());
        millis.add(took);
      } else {
        System.out.println(response.statusCode() + " " + response.body());
        failed.incrementAndGet();
      }
    } catch (RuntimeException failure) {
      System.out.println(failure);
      failed.incrementAndGet();
    }
  }
}
