package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Several workers on one simulated network, and the control plane between them.
final class SimCluster {
  private static final Duration CONTROL_DELAY = Duration.ofMillis(5);
  private static final Duration CARRIER_DEADLINE = Duration.ofSeconds(4);

  private final SimNetwork network;
  private final Map<String, SimNode> nodes = new HashMap<>();
  private final List<RelayCall> calls = new ArrayList<>();
  private final List<ChangeResult> pulled = new ArrayList<>();

  SimCluster(SimNetwork network) {
    this.network = network;
  }

  SimNetwork network() {
    return network;
  }

  void add(String name, SimNode node) {
    nodes.put(name, node);
  }

  SimNode open(String name, int number) {
    return open(name, number, RelayLimits.USUAL);
  }

  SimNode open(String name, int number, RelayLimits limits) {
    return new SimNode(this, name, name, number, limits, UnaryOperator.identity());
  }

  /// What was asked so far, by anybody.
  List<RelayCall> calls() {
    return calls;
  }

  /// The outcomes of [#pull], in the order in which they came.
  List<ChangeResult> pulled() {
    return pulled;
  }

  /// Tells a node where to have stream `demo` from.
  void pull(SimNode node, String pullId, String from) {
    var request = new PullRequest(pullId, "demo", new Parent(from));
    node.worker().relays().pull(request, pulled::add, network.now());
    node.touched();
  }

  RelayRequests requestsOf(SimNode edge) {
    return call -> {
      calls.add(call);
      after(edge.socket(), CONTROL_DELAY, () -> ask(edge, call));
    };
  }

  private void after(SimSocket socket, Duration delay, Runnable what) {
    network.offload(socket, delay).run(() -> "", (_, _) -> what.run());
  }

  /// Asks the parent, who may answer later.
  private void ask(SimNode edge, RelayCall call) {
    String parent = call.parent().node();
    SimNode asked = nodes.get(parent == null ? "home" : parent);
    if (asked == null || asked.isDead()) {
      var unreachable = new RelayReply.Refused(RefusalReason.STREAM_ABSENT, "did not reply");
      after(edge.socket(), CARRIER_DEADLINE, () -> answer(edge, call, unreachable));
      return;
    }
    try {
      SessionDescription offer = SessionDescription.parse(call.offer());
      String name = parent == null ? null : name(edge);
      asked
          .worker()
          .relays()
          .open(
              new RelayRequest(call.relayId(), call.stream(), name, offer),
              result ->
                  after(edge.socket(), CONTROL_DELAY, () -> answer(edge, call, reply(result))),
              network.now());
      asked.touched();
    } catch (SdpParseException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private String name(SimNode node) {
    for (Map.Entry<String, SimNode> entry : nodes.entrySet()) {
      if (entry.getValue() == node) {
        return entry.getKey();
      }
    }
    throw new AssertionError("a stranger asks");
  }

  private static RelayReply reply(OpenResult result) {
    return switch (result) {
      case OpenResult.Opened opened -> new RelayReply.Answered(opened.answer());
      case OpenResult.CounterOffered offered -> throw new AssertionError(offered.toString());
      case OpenResult.Refused refused -> new RelayReply.Refused(refused.reason(), refused.detail());
    };
  }

  private void answer(SimNode edge, RelayCall call, RelayReply reply) {
    if (!edge.isDead()) {
      edge.worker().relays().answered(call.relayId(), reply, network.now());
      edge.touched();
    }
  }
}
