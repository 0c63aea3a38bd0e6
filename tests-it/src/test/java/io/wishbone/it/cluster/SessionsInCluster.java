package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.http.HttpRequest;
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
import org.junit.jupiter.api.Test;

/// Sessions that any pod serves.
@UsesCluster(ClusterKind.ALIKE)
class SessionsInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-clients", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
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
  void showsTheSameEntityTagAtEveryPod() {
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "restarted");
    LiveSession played = LiveSession.play(parts, cluster.pod(0), "restarted");
    played.awaitMore(20);

    var restarted = played.restart(cluster.pod(1), played.tag(), "anew");
    assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
    String tag = restarted.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).isNotEqualTo(played.tag());
    assertThat(played.restart(cluster.pod(0), played.tag(), "stale").statusCode()).isEqualTo(412);
    assertThat(played.patch(cluster.pod(0)).statusCode()).isEqualTo(412);
    played.awaitMore(100);
    var again = played.restart(cluster.pod(0), tag, "twice");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(played.restart(cluster.pod(1), tag, "stale").statusCode()).isEqualTo(412);
    played.awaitMore(100);
    assertThat(played.peer().closeReason()).isNull();

    played.delete(cluster.pod(1));
    published.delete(cluster.pod(1));
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

  /// Pod, store, node and client are processes of their own here.
  @Test
  void whatIsRevokedAtOnePodIsRefusedAtTheOther() {
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), "revoked");
    long began = System.nanoTime();
    var revoked =
        LiveSession.send(
            HttpRequest.newBuilder(cluster.pod(1).resolve("api/v1/revocations"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"stream\":\"revoked\"}")));
    assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(201);
    assertThat(revoked.body()).contains("\"ended\":1");
    await().atMost(PATIENCE).until(() -> published.peer().closeReason() != null);
    double closed = (System.nanoTime() - began) / 1e9;
    for (int pod = 0; pod < TestCluster.PODS; pod++) {
      int at = pod;
      await().atMost(PATIENCE).until(() -> publish(at).response().statusCode() == 403);
    }
    System.out.printf(
        "a stream revoked at one pod: its publisher gone after %.2f s, and refused at both after"
            + " %.2f s%n",
        closed, (System.nanoTime() - began) / 1e9);
    String id = new JsonObject(revoked.body()).getString("id");
    var taken =
        LiveSession.send(
            HttpRequest.newBuilder(cluster.pod(0).resolve("api/v1/revocations/" + id)).DELETE());
    assertThat(taken.statusCode()).isEqualTo(204);
    var again =
        await()
            .atMost(PATIENCE)
            .until(() -> publish(1), each -> each.response().statusCode() == 201);
    LiveSession.of(again, "revoked").delete(cluster.pod(0));
  }

  private static LiveSession.Opening publish(int pod) {
    return LiveSession.post(LiveSession.publisher(parts), cluster.pod(pod), "whip", "revoked");
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
}
