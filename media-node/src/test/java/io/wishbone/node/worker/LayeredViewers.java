package io.wishbone.node.worker;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.LayerLimits;
import io.wishbone.webrtc.sim.SimNetwork;

/// Lets viewers choose layers.
final class LayeredViewers {
  private LayeredViewers() {}

  /// @param spatial the spatial layer that is to be seen, [LayerLimits#ANY] for none in particular
  /// @param temporal the temporal one
  static ChangeResult choose(
      SimNode node, SimNetwork network, String session, int spatial, int temporal) {
    var layers = new LayerLimits(spatial, temporal, LayerLimits.ANY, LayerLimits.ANY);
    var choice = new LayerChoice(null, Integer.MAX_VALUE, Integer.MAX_VALUE, layers);
    ChangeResult result = node.worker().choose(session, choice, network.now());
    node.touched();
    return result;
  }
}
