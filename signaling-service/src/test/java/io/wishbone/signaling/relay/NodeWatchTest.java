package io.wishbone.signaling.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeWatchTest {

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofHours(1));
  private final List<String> gone = new ArrayList<>();
  private final List<String> draining = new ArrayList<>();
  private final NodeWatch watch =
      new NodeWatch(
          nodes, List.of(node -> gone.add(node.value())), node -> draining.add(node.value()));

  @BeforeEach
  void start() {
    comes("a");
    comes("b");
    watch.look();
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  private void comes(String node) {
    comes(node, false);
  }

  private void comes(String node, boolean drains) {
    nodes.put(new NodeRecord(new NodeId(node), "", "", 0, 0, 0, drains, Instant.EPOCH));
  }

  private void goes(String node) {
    caches.nodes().remove(node);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  @Test
  void tellsOnceOfANodeThatDrainsAndAgainWhenItDoesSoAnew() {
    comes("b", true);
    look(3);
    assertThat(draining).containsExactly("b");
    comes("b");
    look(1);
    comes("b", true);
    look(2);
    assertThat(draining).containsExactly("b", "b");
    assertThat(gone).isEmpty();
  }

  @Test
  void tellsAtTheNextLookOfANodeThatDrainsWhenItCouldNotAtFirst() {
    List<String> told = new ArrayList<>();
    int[] failuresLeft = {1};
    var failing =
        new NodeWatch(
            nodes,
            List.of(),
            node -> {
              if (failuresLeft[0]-- > 0) {
                throw new StoreUnavailableException("is away", null);
              }
              told.add(node.value());
            });
    comes("b", true);
    failing.look();
    assertThat(told).isEmpty();
    failing.look();
    failing.look();
    assertThat(told).containsExactly("b");
  }

  @Test
  void tellsOnceOfANodeThatIsGone() {
    goes("b");
    look(1);
    assertThat(gone).isEmpty();
    look(5);
    assertThat(gone).containsExactly("b");
    comes("b");
    look(2);
    goes("b");
    look(3);
    assertThat(gone).containsExactly("b", "b");
  }

  @Test
  void tellsNothingOfANodeThatIsLate() {
    goes("b");
    look(1);
    comes("b");
    look(5);
    assertThat(gone).isEmpty();
  }

  @Test
  void concludesNothingWhenItSeesNoNodesAtAll() {
    goes("a");
    goes("b");
    look(30);
    comes("a");
    look(5);
    comes("b");
    look(5);
    assertThat(gone).isEmpty();
  }

  @Test
  void tellsOfANodeThatDoesNotComeBackWithTheOthers() {
    goes("a");
    goes("b");
    look(30);
    comes("a");
    look(7);
    assertThat(gone).containsExactly("b");
  }

  @Test
  void tellsTheOthersWhenOneCannotBeToldAndThatOneAtTheNextLook() {
    tellsTheOthersInSpiteOf(() -> {
      throw new StoreUnavailableException("is away", null);
    });
  }

  @Test
  void tellsTheOthersWhenOneEndsInAnError() {
    tellsTheOthersInSpiteOf(() -> {
      throw new StackOverflowError("the test says so");
    });
  }

  private void tellsTheOthersInSpiteOf(Runnable failure) {
    List<String> told = new ArrayList<>();
    int[] failuresLeft = {3};
    var failing =
        new NodeWatch(
            nodes,
            List.of(
                node -> {
                  if (failuresLeft[0]-- > 0) {
                    failure.run();
                  }
                  told.add("first " + node);
                },
                node -> told.add("second " + node)),
            _ -> {});
    comes("c");
    failing.look();
    goes("a");
    goes("b");
    failing.look();
    failing.look();
    assertThat(told).containsExactlyInAnyOrder("second a", "second b");
    failing.look();
    assertThat(told).hasSize(3);
    failing.look();
    failing.look();
    assertThat(told).containsExactlyInAnyOrder("first a", "first b", "second a", "second b");
  }
}
