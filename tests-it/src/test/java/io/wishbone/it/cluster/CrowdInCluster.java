package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.LoadResult;
import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two hundred viewers of one stream at three nodes. The publisher's node sends it to each of the
/// two others once, however many watch there: counted in bytes while all 134 abroad are there and
/// nobody else, and in relays once there are two hundred.
@UsesCluster(ClusterKind.REGIONS)
class CrowdInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> REGIONS = List.of("west", "middle", "east");
  private static final int VIEWERS = 200;
  private static final int ABROAD = 134;
  private static final int VIEWERS_A_SECOND = 20;
  private static final int FRAMES_PER_SECOND = 30;

  /// Bytes of headers and of the authentication tag around the media of a packet, about.
  private static final int OVERHEAD = 40;

  private static final String PUBLISHER = "role=\"publisher\"";
  private static final String PACKETS = "wishbone_media_packets_total{";
  private static final String BYTES = "wishbone_media_bytes_total{";
  private static final String SENT = "wishbone_datagrams_sent_bytes_total";

  private static TestCluster cluster;

  @BeforeAll
  static void start(TestCluster given) {
    cluster = given;
  }

  /// The first ones come from the two other regions by turns, the rest from the publisher's.
  private static final class Sessions implements Signaling {

    private final AtomicInteger viewers = new AtomicInteger();
    private final AtomicInteger[] atNodes = {
      new AtomicInteger(), new AtomicInteger(), new AtomicInteger()
    };

    @Override
    public Session publish(int stream, String offer) throws ExecutionException {
      return open("whip", REGIONS.getFirst(), offer);
    }

    @Override
    public Session play(int stream, String offer) throws ExecutionException {
      int number = viewers.getAndIncrement();
      Session session =
          open("whep", number < ABROAD ? REGIONS.get(1 + number % 2) : REGIONS.getFirst(), offer);
      atNodes[cluster.nodeOf(session.answer())].incrementAndGet();
      return session;
    }

    private Session open(String protocol, String region, String offer) throws ExecutionException {
      URI pod = cluster.pod(viewers.get() % TestCluster.PODS);
      return RegionalSignaling.open(pod, protocol, "crowd", region, offer);
    }
  }

  @Test
  void getsOneCopyOfTheStreamAtEachNode() throws Exception {
    var plan =
        new LoadPlan(
            1,
            VIEWERS,
            LoadPlan.frameOfPackets(1),
            FRAMES_PER_SECOND,
            VIEWERS_A_SECOND,
            Duration.ofSeconds(5),
            1,
            16,
            false,
            0);
    var sessions = new Sessions();
    try (var swarm = new Swarm(plan, sessions, _ -> {})) {
      swarm.publish();
      Sent alone = sent();
      swarm.join(ABROAD, VIEWERS_A_SECOND);
      for (int node = 0; node < TestCluster.NODES; node++) {
        boolean isOrigin = node == 0;
        awaitRelays(node, isOrigin ? "down" : "up", isOrigin ? 2 : 1);
      }
      double copies = sent().copies(alone);
      swarm.join(VIEWERS - ABROAD, VIEWERS_A_SECOND);
      LoadResult result = swarm.measure();
      System.out.printf(
          "%d viewers at three nodes (%s): the origin sends %.2f copies of the media that it gets while"
              + " two other nodes have %d of them; %.2f %% loss, POST to answer %s%n",
          result.connected(),
          List.of(sessions.atNodes),
          copies,
          ABROAD,
          result.loss() * 100,
          result.answer());
      assertThat(result.failures()).isEmpty();
      assertThat(result.connected()).isEqualTo(VIEWERS);
      assertThat(List.of(sessions.atNodes))
          .extracting(AtomicInteger::get)
          .containsExactly(VIEWERS - ABROAD, ABROAD / 2, ABROAD / 2);
      // One to each of the two.
      assertThat(copies).isBetween(1.8, 2.2);
      for (int node = 0; node < TestCluster.NODES; node++) {
        awaitRelays(node, "down", node == 0 ? 2 : 0);
        awaitRelays(node, "up", node == 0 ? 0 : 1);
      }
    }
  }

  /// What the origin sends, where nobody watches, for each packet that its publisher sends.
  ///
  /// @param bytes with all that is said besides media
  /// @param mediaBytes of the packet, without headers
  private record Sent(double bytes, double mediaBytes) {

    /// @param alone the same without any relay: what the publisher is told
    double copies(Sent alone) {
      return (bytes - alone.bytes) / (mediaBytes + OVERHEAD);
    }
  }

  private static Sent sent() {
    Exposition.Values before = whenCounted();
    Exposition.Values after = whenCounted();
    double packets = after.value(PACKETS, PUBLISHER) - before.value(PACKETS, PUBLISHER);
    return new Sent(
        (after.value(SENT) - before.value(SENT)) / packets,
        (after.value(BYTES, PUBLISHER) - before.value(BYTES, PUBLISHER)) / packets);
  }

  /// The origin as it is just when it has counted what its publisher has sent, as it does every few
  /// seconds.
  private static Exposition.Values whenCounted() {
    double before = origin().value(PACKETS, PUBLISHER);
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(CrowdInCluster::origin, now -> now.value(PACKETS, PUBLISHER) > before);
  }

  private static Exposition.Values origin() {
    return Exposition.of(cluster.cluster().node(0));
  }

  private static void awaitRelays(int node, String direction, int count) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Exposition.of(cluster.cluster().node(node))
                    .value("wishbone_relays{direction=\"" + direction + "\","),
            relays -> relays == count);
  }
}
