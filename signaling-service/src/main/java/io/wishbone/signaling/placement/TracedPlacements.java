package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.signaling.tracing.Traces;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

/// Records how long it takes to decide where a session goes, and what was decided.
@Decorator
@Priority(2)
class TracedPlacements implements NodeSelector {

  private final NodeSelector selector;
  private final Traces traces;

  @Inject
  TracedPlacements(@Any @Delegate NodeSelector selector, Traces traces) {
    this.selector = selector;
    this.traces = traces;
  }

  @Override
  public Placement select(PlacementRequest request) {
    return traces.step("place", () -> selector.select(request), TracedPlacements::outcome);
  }

  private static String outcome(Placement placement) {
    return switch (placement) {
      case Placement.AtNode(NodeId node) -> node.value();
      case Placement.Elsewhere _ -> "elsewhere";
      case Placement.NoRoom _ -> "no_room";
    };
  }

  @Override
  public void giveBack(NodeId node) {
    selector.giveBack(node);
  }
}
