package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.app.cluster.InfinispanServer;
import io.wishbone.app.cluster.KafkaBroker;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Three brokers and two servers of the store are restarted in turn while people publish, watch,
/// come and go, which takes minutes.
@Tag("measure")
@UsesCluster(ClusterKind.REPLICAS)
class UpgradeInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static TestCluster cluster;
  private static ClientParts parts;
  private static Balancer balancer;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("upgrade-clients", new SignalingClient(null));
    cluster = given;
    balancer = new Balancer(List.of(cluster.pod(0), cluster.pod(1)));
  }

  @AfterAll
  static void stop() {
    balancer.close();
    parts.close();
  }

  /// As for an upgrade: each is told to end, and is back and has caught up before the next one
  /// goes.
  @Test
  void brokersAndServersOfTheStoreAreRestartedInTurn() {
    LiveSession publisher = LiveSession.publish(parts, cluster.pod(0), "upgraded");
    LiveSession viewer = LiveSession.play(parts, cluster.pod(1), "upgraded");
    viewer.awaitMore(50);
    var visitors = new Visitors(cluster, parts, balancer, "upgrade");
    try (visitors) {
      visitors.awaitCalm();
      for (int i = 0; i < ClusterKind.REPLICAS.brokers(); i++) {
        KafkaBroker broker = cluster.cluster().kafka(i);
        broker.process().shutDown();
        visitors.awaitCalm();
        broker.restart();
        await().atMost(PATIENCE).ignoreExceptions().until(UpgradeInCluster::areBrokersInSync);
        visitors.awaitCalm();
      }
      visitors.print("each of three brokers was restarted in turn");
      for (int i = 0; i < ClusterKind.REPLICAS.stores(); i++) {
        InfinispanServer store = cluster.cluster().infinispan(i);
        store.process().shutDown();
        visitors.awaitCalm();
        store.restart();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> hasItsShare(store));
        visitors.awaitCalm();
      }
      visitors.print("then each of two servers of the store");
    }
    assertThat(visitors.failures()).allMatch(each -> each.contains(": 503, to come again after "));
    assertThat(visitors.longestPause()).isLessThan(15);
    viewer.awaitMore(50);
    assertThat(viewer.patch(balancer.next()).statusCode()).isEqualTo(204);
    assertThat(publisher.peer().closeReason()).isNull();
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 2);
    viewer.delete(balancer.next());
    publisher.delete(balancer.next());
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 0);
  }

  /// Every record is at as many brokers as it should be.
  private static boolean areBrokersInSync() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", cluster.cluster().bootstrapServers()))) {
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      return admin.describeTopics(names).allTopicNames().get().values().stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition -> partition.isr().size() == partition.replicas().size());
    }
  }

  /// It sees the other one, and has what it should have of each of our caches.
  private static boolean hasItsShare(InfinispanServer store) {
    var asked = URI.create("http://" + store.address() + "/rest/v2/container/health");
    var health = new JsonObject(LiveSession.send(HttpRequest.newBuilder(asked)).body());
    List<String> ours =
        health.getJsonArray("cache_health").stream()
            .map(JsonObject.class::cast)
            .filter(cache -> cache.getString("cache_name").startsWith("wishbone-"))
            .map(cache -> cache.getString("status"))
            .toList();
    return health.getJsonObject("cluster_health").getInteger("number_of_nodes")
            == ClusterKind.REPLICAS.stores()
        && !ours.isEmpty()
        && ours.stream().allMatch("HEALTHY"::equals);
  }
}
