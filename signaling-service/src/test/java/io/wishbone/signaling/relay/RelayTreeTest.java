package io.wishbone.signaling.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgesRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayTreeTest {

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId O = new NodeId("o");
  private static final NodeId A = new NodeId("a");
  private static final NodeId B = new NodeId("b");
  private static final NodeId C = new NodeId("c");

  private final RelayTree chain =
      new RelayTree(O, Map.of()).with(edge(A, O)).with(edge(B, A)).with(edge(C, B));

  @Test
  void knowsWhoHasTheStreamFromWhom() {
    assertThat(chain.carries(O)).isTrue();
    assertThat(chain.carries(C)).isTrue();
    assertThat(chain.depth(O)).isZero();
    assertThat(chain.depth(C)).isEqualTo(3);
    assertThat(chain.children(A)).isEqualTo(1);
    assertThat(chain.isBelow(C, A)).isTrue();
    assertThat(chain.isBelow(A, C)).isFalse();
    assertThat(chain.orphans()).isEmpty();
  }

  @Test
  void refusesEdgesThatWouldMakeALoop() {
    assertThatThrownBy(() -> chain.with(edge(A, C))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain.with(edge(A, A))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> chain.with(edge(O, C))).isInstanceOf(IllegalArgumentException.class);
    var rootless = new RelayTree(null, Map.of()).with(edge(A, B));
    assertThatThrownBy(() -> rootless.with(edge(B, A)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hasOrphansWhenANodeInBetweenIsGone() {
    RelayTree broken = chain.without(B);
    assertThat(broken.orphans()).containsExactly(edge(C, B));
    assertThat(broken.carries(C)).isFalse();
    assertThat(broken.attached()).containsExactly(edge(A, O));
  }

  @Test
  void carriesNothingWithoutAnOrigin() {
    var waiting = new RelayTree(null, Map.of(A, edge(A, O)));
    assertThat(waiting.carries(A)).isFalse();
    assertThat(waiting.carries(O)).isFalse();
  }

  @Test
  void leavesOutWhoWasNotHeardOfOrIsGoneOrIsTheOrigin() {
    var stored =
        new EdgesRecord(
            STREAM,
            List.of(
                new Edge(A, O, Instant.EPOCH),
                new Edge(B, O, Instant.EPOCH.plusSeconds(9)),
                new Edge(C, B, Instant.EPOCH.plusSeconds(10)),
                new Edge(O, B, Instant.EPOCH.plusSeconds(10))),
            1);
    RelayTree tree = RelayTree.of(O, stored, Instant.EPOCH.plusSeconds(5), node -> !node.equals(C));
    assertThat(tree.nodes()).containsExactly(B);
  }

  @Test
  void survivesALoopThatIsStored() {
    var stored = new EdgesRecord(STREAM, List.of(edge(A, B), edge(B, C), edge(C, A)), 1);
    RelayTree tree = RelayTree.of(O, stored, Instant.EPOCH, _ -> true);
    assertThat(tree.attached()).isEmpty();
    assertThat(tree.nodes()).hasSize(2);
  }

  private static Edge edge(NodeId node, NodeId parent) {
    return new Edge(node, parent, Instant.EPOCH);
  }
}
