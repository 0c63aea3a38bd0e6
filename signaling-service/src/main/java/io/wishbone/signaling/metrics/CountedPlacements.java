package io.wishbone.signaling.metrics;

import io.wishbone.control.NodeId;
import io.wishbone.signaling.placement.NodeSelector;
import io.wishbone.signaling.placement.Placement;
import io.wishbone.signaling.placement.PlacementRequest;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/// Counts where sessions are sent, whoever decides it.
@Decorator
@Priority(1)
class CountedPlacements implements NodeSelector {

  private final NodeSelector selector;
  private final SignalingMetrics metrics;

  @Inject
  CountedPlacements(@Any @Delegate NodeSelector selector, SignalingMetrics metrics) {
    this.selector = selector;
    this.metrics = metrics;
  }

  @Override
  public Placement select(PlacementRequest request) {
    Placement placement = selector.select(request);
    metrics.placed(
        request.role(),
        switch (placement) {
          case Placement.AtNode _ -> "node";
          case Placement.Elsewhere _ -> "elsewhere";
          case Placement.NoRoom _ -> "no_room";
        });
    return placement;
  }

  @Override
  public void giveBack(NodeId node) {
    selector.giveBack(node);
  }
}
