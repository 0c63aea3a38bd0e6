package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.signaling.SignalingConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/// Sends sessions to another cluster when no node of this one has room, if there is another one.
@Singleton
final class OverflowSelector implements NodeSelector {

  private final RankedSelector nodes;
  private final Optional<URI> other;

  @Inject
  OverflowSelector(RankedSelector nodes, SignalingConfig config) {
    this(nodes, config.redirect().to());
  }

  OverflowSelector(RankedSelector nodes, Optional<URI> other) {
    this.nodes = nodes;
    this.other = other;
  }

  @Override
  public Placement select(PlacementRequest request) {
    Placement placement = nodes.select(request);
    return switch (placement) {
      case Placement.NoRoom _ when request.mayLeave() && other.isPresent() ->
          new Placement.Elsewhere(other.get());
      case Placement.NoRoom _, Placement.AtNode _, Placement.Elsewhere _ -> placement;
    };
  }

  @Override
  public void giveBack(NodeId node) {
    nodes.giveBack(node);
  }
}
