package io.wishbone.signaling.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamStatusesTest {

  private static final StreamName STREAM = new StreamName("studio");

  private long now;
  private int calls;
  private final StreamStatuses statuses = new StreamStatuses(() -> now);

  /// Not the same as any other, as a lambda expression may be.
  private final class Counting implements Runnable {
    @Override
    public void run() {
      calls++;
    }
  }

  private void report(String node, boolean live, int viewers) {
    statuses.take(new StreamStatus(new NodeId(node), STREAM, live, viewers, List.of()));
  }

  @Test
  void takeAllNodesTogether() {
    report("one", true, 3);
    report("two", false, 4);

    StreamState state = statuses.find(STREAM);
    assertThat(state.live()).isTrue();
    assertThat(state.liveAt()).containsExactly(new NodeId("one"));
    assertThat(state.viewers()).isEqualTo(7);

    report("one", false, 0);
    assertThat(statuses.find(STREAM).live()).isFalse();
    assertThat(statuses.find(STREAM).viewers()).isEqualTo(4);

    report("two", false, 0);
    assertThat(statuses.find(STREAM)).isEqualTo(StreamState.UNKNOWN);
  }

  private void relay(String node, boolean live, int viewers, String parent) {
    statuses.take(
        new StreamStatus(
            new NodeId(node),
            STREAM,
            live,
            viewers,
            List.of(new VideoLayer(node, 1, 2, 3)),
            new NodeId(parent)));
  }

  @Test
  void haveItFromTheNodeOfThePublisherWhetherTheStreamIsLive() {
    var layers = List.of(new VideoLayer("h", 500_000, 1280, 720));
    statuses.take(new StreamStatus(new NodeId("one"), STREAM, true, 3, layers));
    relay("two", true, 40, "one");
    relay("three", true, 500, "two");

    StreamState state = statuses.find(STREAM);
    assertThat(state.live()).isTrue();
    assertThat(state.layers()).isEqualTo(layers);
    assertThat(state.viewers()).isEqualTo(543);
    assertThat(state.liveAt()).containsExactly(new NodeId("one"));
    assertThat(state.carriers()).hasSize(3);
    assertThat(statuses.audiences(STREAM)).hasSize(3);

    report("one", false, 0);
    assertThat(statuses.find(STREAM).live()).isFalse();
    assertThat(statuses.find(STREAM).layers()).isEmpty();
    assertThat(statuses.find(STREAM).viewers()).isEqualTo(540);
  }

  @Test
  void forgetAtOnceWhatANodeSaidThatIsGone() {
    report("gone", true, 3);
    report("here", false, 1);
    statuses.subscribe(STREAM, () -> calls++);
    statuses.forget(new NodeId("gone"));
    assertThat(statuses.find(STREAM).live()).isFalse();
    assertThat(calls).isEqualTo(1);
    statuses.forget(new NodeId("gone"));
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void forgetWhatADeadNodeSaid() {
    report("dead", true, 3);
    now += StreamStatuses.LIFESPAN.toNanos() / 2;
    report("alive", false, 1);
    statuses.subscribe(STREAM, () -> calls++);

    now += StreamStatuses.LIFESPAN.toNanos() / 2 + 1;
    statuses.forgetOld();

    assertThat(statuses.find(STREAM).live()).isFalse();
    assertThat(statuses.find(STREAM).viewers()).isEqualTo(1);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void tellEverybodyAlthoughSomeFail() {
    statuses.subscribe(STREAM, new Counting());
    for (int i = 0; i < 20; i++) {
      statuses.subscribe(
          STREAM,
          () -> {
            throw new IllegalStateException("a listener that fails");
          });
      statuses.subscribe(STREAM, new Counting());
    }
    report("one", true, 1);
    assertThat(calls).isEqualTo(21);
  }

  @Test
  void tellWhoListensUntilItStopsTo() {
    var subscription = statuses.subscribe(STREAM, () -> calls++);
    report("one", true, 1);
    report("one", true, 1);
    assertThat(calls).isEqualTo(2);

    subscription.close();
    subscription.close();
    report("one", true, 1);
    assertThat(calls).isEqualTo(2);
  }
}
