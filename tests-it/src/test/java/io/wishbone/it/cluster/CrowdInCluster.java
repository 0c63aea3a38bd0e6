package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.LoadResult;
import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two hundred viewers of one stream at three nodes. The publisher's node sends it to each of the
/// two others once, however many watch there.
class CrowdInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> REGIONS = List.of("west", "middle", "east");
  private static final int VIEWERS = 200;
  private static final int ABROAD = 134;
  private static final int VIEWERS_A_SECOND = 20;
  private static final int FRAMES_PER_SECOND = 30;

  /// Datagrams that the origin receives while they are counted, hardly any but the publisher's.
  private static final int COUNTED = 300;

  private static final String RECEIVED = "wishbone_datagrams_received_total";
  private static final String SENT = "wishbone_datagrams_sent_total";

  @TempDir static Path directory;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(directory, REGIONS, List.of("--workers", "1"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
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
      HttpResponse<String> opened =
          LiveSession.send(
              HttpRequest.newBuilder(pod.resolve(protocol + "/endpoint/crowd"))
                  .header("Content-Type", "application/sdp")
                  .header("X-Client-Region", region)
                  .POST(BodyPublishers.ofString(offer)));
      if (opened.statusCode() != 201) {
        throw new ExecutionException(
            new IllegalStateException(opened.statusCode() + " " + opened.body()));
      }
      URI session = pod.resolve(opened.headers().firstValue("Location").orElseThrow());
      return new Session() {
        @Override
        public String answer() {
          return opened.body();
        }

        @Override
        public void end() {
          LiveSession.send(HttpRequest.newBuilder(session).DELETE());
        }
      };
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
      swarm.join(ABROAD, VIEWERS_A_SECOND);
      for (int node = 0; node < TestCluster.NODES; node++) {
        boolean isOrigin = node == 0;
        awaitRelays(node, isOrigin ? "down" : "up", isOrigin ? 2 : 1);
      }
      double copies = copies();
      swarm.join(VIEWERS - ABROAD, VIEWERS_A_SECOND);
      LoadResult result = swarm.measure();
      System.out.printf(
          "%d viewers at three nodes (%s): the origin sends %.2f datagrams for each that it gets"
              + " while two nodes have %d of them; %.2f %% loss, POST to answer %s%n",
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
      // One to each node; what is said besides goes both ways. Never one for each viewer.
      assertThat(copies).isBetween(1.2, 4.0);
      for (int node = 1; node < TestCluster.NODES; node++) {
        awaitRelays(node, "up", 1);
      }
    }
  }

  /// How many datagrams the origin, where nobody watches, sends for each that it gets.
  private static double copies() {
    Exposition.Values before = origin();
    await()
        .atMost(PATIENCE)
        .until(() -> origin().value(RECEIVED) - before.value(RECEIVED) >= COUNTED);
    Exposition.Values after = origin();
    return (after.value(SENT) - before.value(SENT))
        / (after.value(RECEIVED) - before.value(RECEIVED));
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
