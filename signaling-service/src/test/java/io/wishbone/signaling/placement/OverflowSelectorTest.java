package io.wishbone.signaling.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.relay.RelayPod;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverflowSelectorTest {

  private static final URI TWO = URI.create("https://two.example.org");
  private static final NodeId NODE = new NodeId("a");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes());

  @AfterEach
  void stop() {
    caches.close();
  }

  @Test
  void keepsWhatFindsRoom() {
    nodes.put(new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH));
    assertThat(select(Optional.of(TWO), true)).isEqualTo(new Placement.AtNode(NODE));
  }

  @Test
  void sendsOnWhatFindsNone() {
    assertThat(select(Optional.of(TWO), true)).isEqualTo(new Placement.Elsewhere(TWO));
  }

  @Test
  void sendsNobodyOnWhoMayNotLeave() {
    assertThat(select(Optional.of(TWO), false)).isInstanceOf(Placement.NoRoom.class);
  }

  @Test
  void sendsNobodyNowhere() {
    assertThat(select(Optional.empty(), true)).isInstanceOf(Placement.NoRoom.class);
  }

  private Placement select(Optional<URI> other, boolean mayLeave) {
    return new OverflowSelector(
            new RankedSelector(
                PlacementStrategy.REGION_AWARE,
                nodes,
                RelayPod.on(caches, InstantSource.system()).carriers(),
                InstantSource.system()),
            other)
        .select(
            new PlacementRequest(
                new StreamName("live"), SessionRole.PUBLISHER, null, Set.of(), mayLeave, "", ""));
  }
}
