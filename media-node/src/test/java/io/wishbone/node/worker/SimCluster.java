package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Several workers on one simulated network, and the control plane between them.
final class SimCluster {
  private static final Duration CONTROL_DELAY = Duration.ofMillis(5);
  private static final Duration CARRIER_DEADLINE = Duration.ofSeconds(4);

  private final SimNetwork network;
  private final Map<String, SimNode> nodes = new HashMap<>();
  private final Map<String, MediaCount> counts = new HashMap<>();
  private final List<RelayCall> calls = new ArrayList<>();
  private final List<ChangeResult> pulled = new ArrayList<>();

  private int pulls;

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
    return new SimNode(
        this,
        name,
        name,
        number,
        limits,
        UnaryOperator.identity(),
        outbox -> {
          var count = new MediaCount(outbox);
          counts.put(name, count);
          return count;
        },
        new JceCipherProvider());
  }

  /// Media packets that a node has sent to an address.
  long media(SimNode from, InetSocketAddress to) {
    return counts.get(name(from)).to(to);
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

  /// Has a node pull stream `demo` and waits until it is there.
  void bring(SimNode node, String from) {
    assertThat(result(node, from)).isEqualTo(new ChangeResult.Done());
  }

  /// Has a node pull stream `demo` and waits for the outcome.
  ChangeResult result(SimNode node, String from) {
    int before = pulled.size();
    pulls++;
    pull(node, "pull-" + pulls + "-from-" + from, from);
    assertThat(network.runUntil(() -> pulled.size() > before, Duration.ofSeconds(8))).isTrue();
    return pulled.getLast();
  }

  /// What a node answers at once when it is asked for stream `demo`, null for a refusal.
  @Nullable String ask(SimNode parent, String relayId, String offer) {
    return answerTo(parent, new RelayCall(relayId, "demo", new Parent(name(parent)), offer));
  }

  /// What a node answers at once, null for a refusal.
  @Nullable String answerTo(SimNode parent, RelayCall call) {
    List<OpenResult> results = new ArrayList<>();
    try {
      SessionDescription offer = SessionDescription.parse(call.offer());
      parent
          .worker()
          .relays()
          .open(
              new RelayRequest(call.relayId(), call.stream(), "stranger", offer),
              results::add,
              network.now());
      parent.touched();
    } catch (SdpParseException malformed) {
      throw new AssertionError(malformed);
    }
    return results.getFirst() instanceof OpenResult.Opened opened ? opened.answer() : null;
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
