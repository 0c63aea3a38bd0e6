package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What waits for a stream: each for itself, and not longer than somebody wants it.
class SourceWaitsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(11);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode edge = cluster.open("edge", 2);

  /// What waiters heard, in the order in which they did.
  private final List<String> heard = new ArrayList<>();

  /// Waits for stream `demo` of a node that does not reply.
  private void await(String session, Runnable then) {
    var waiter =
        new SourceWaiter() {
          @Override
          public void onSettled(long nowNanos) {
            heard.add(session + " settled");
            then.run();
          }

          @Override
          public void onClosed(String detail) {
            heard.add(session + " closed: " + detail);
            then.run();
          }
        };
    var pull = new PullRequest("pull-" + session, "demo", new Parent("silent"));
    edge.worker().relays().bring(session, pull, SECOND.toNanos(), network.now(), waiter);
    edge.touched();
  }

  private static void fail() {
    throw new IllegalStateException("broken on purpose");
  }

  @Test
  void goesOnAfterAWaiterThatFailsAndKeepsThePublisher() {
    await("first", SourceWaitsTest::fail);
    await("second", () -> {});

    edge.publish();

    assertThat(heard).containsExactly("first settled", "second settled");
    network.run(SECOND.multipliedBy(2));
    assertThat(edge.connected()).containsExactly("publisher");
    assertThat(edge.ended()).noneMatch(ended -> ended.sessionId().equals("publisher"));
    assertThat(heard).hasSize(2);
  }

  @Test
  void goesOnAfterAWaiterThatFailsWhenTimeIsUp() {
    await("first", SourceWaitsTest::fail);
    await("second", () -> {});

    network.run(SECOND.multipliedBy(2));

    assertThat(heard).containsExactly("first settled", "second settled");
  }

  @Test
  void tellsOnlyTheWaiterThatIsClosed() {
    await("first", () -> {});
    await("second", () -> {});

    assertThat(edge.worker().close("first", "given up", network.now())).isTrue();
    assertThat(edge.worker().close("first", "given up", network.now())).isFalse();

    assertThat(heard).containsExactly("first closed: given up");
    edge.publish();
    assertThat(heard).containsExactly("first closed: given up", "second settled");
  }

  @Test
  void tellsAllWaitersWhenAllIsClosed() {
    await("first", SourceWaitsTest::fail);
    await("second", () -> {});

    edge.worker().closeAll("the end", network.now());

    assertThat(heard).containsExactly("first closed: the end", "second closed: the end");
    network.run(SECOND.multipliedBy(2));
    assertThat(heard).hasSize(2);
  }

  @Test
  void opensNoRelayThatWasClosedWhileItWaited() {
    cluster.pull(edge, "pull", "origin");
    network.run(Duration.ofMillis(100));
    String relay = cluster.calls().getFirst().relayId();

    assertThat(origin.worker().close(relay, "given up", network.now())).isTrue();
    network.run(Duration.ofMillis(100));

    assertThat(cluster.pulled())
        .containsExactly(new ChangeResult.Refused(RefusalReason.SESSION_UNKNOWN, "given up"));
    origin.publish();
    network.run(SECOND.multipliedBy(4));
    assertThat(origin.connected()).containsExactly("publisher");
    assertThat(origin.worker().relayCount()).isZero();
  }

  @Test
  void refusesARelayThatFailsToOpen() {
    List<OpenResult> results = new ArrayList<>();
    // No offer at all is nothing that a peer could send: the fault is ours.
    var request = new RelayRequest("relay", "demo", "edge", null);
    origin.worker().relays().open(request, results::add, network.now());
    origin.touched();

    origin.publish();
    network.run(SECOND);

    assertThat(results)
        .singleElement()
        .isInstanceOfSatisfying(
            OpenResult.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.INTERNAL));
    assertThat(origin.connected()).containsExactly("publisher");
    assertThat(origin.worker().relayCount()).isZero();
  }
}
