package io.wishbone.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Agents in simulated time, and between them a network that loses, delays, reorders and doubles
/// datagrams, all from one seed. Answers leave from the address that was asked.
final class IceSimulation {

  private record Delivery(
      long at, int order, InetSocketAddress to, InetSocketAddress from, byte[] datagram) {}

  private record Node(IceAgent agent, InetSocketAddress address) {}

  private final Random random;
  private final double loss;
  private final long maxDelayNanos;
  private final Map<InetSocketAddress, Node> owners = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final SentDatagrams outbox = new SentDatagrams();
  private final PriorityQueue<Delivery> underWay =
      new PriorityQueue<>(Comparator.comparingLong(Delivery::at).thenComparingInt(Delivery::order));

  private long nowNanos;
  private int sent;

  IceSimulation(long seed, double loss, long maxDelayMillis) {
    this.random = new Random(seed);
    this.loss = loss;
    this.maxDelayNanos = maxDelayMillis * Checks.MILLISECOND;
  }

  Random random() {
    return random;
  }

  long now() {
    return nowNanos;
  }

  /// How many datagrams were sent by all.
  int sent() {
    return sent;
  }

  /// @param addresses where it is reached; the first one is where its own checks come from
  void add(IceAgent agent, InetSocketAddress... addresses) {
    Node node = new Node(agent, addresses[0]);
    nodes.add(node);
    for (InetSocketAddress address : addresses) {
      owners.put(address, node);
    }
  }

  /// Whatever is sent there is lost from now on.
  void unplug(InetSocketAddress address) {
    owners.remove(address);
  }

  void runFor(long nanos) {
    runUntil(() -> false, nanos);
  }

  /// False when the time was over first.
  boolean runUntil(BooleanSupplier condition, long nanos) {
    long end = nowNanos + nanos;
    while (!condition.getAsBoolean()) {
      Node due = nextDue();
      long timeout = due == null ? Long.MAX_VALUE : due.agent.nextTimeoutNanos();
      Delivery delivery = underWay.peek();
      long arrival = delivery == null ? Long.MAX_VALUE : delivery.at;
      if (Math.min(timeout, arrival) > end) {
        nowNanos = end;
        return false;
      }
      if (arrival <= timeout) {
        nowNanos = Math.max(nowNanos, arrival);
        deliver(underWay.remove());
      } else {
        nowNanos = Math.max(nowNanos, timeout);
        expire(due);
      }
    }
    return true;
  }

  private void deliver(Delivery delivery) {
    Node node = owners.get(delivery.to);
    if (node != null) {
      Checks.deliver(node.agent, delivery.datagram, delivery.from, nowNanos, outbox);
      send(delivery.to);
    }
  }

  private void expire(Node node) {
    node.agent.handleTimeout(nowNanos, outbox);
    send(node.address);
    if (node.agent.nextTimeoutNanos() <= nowNanos) {
      throw new AssertionError("the agent asks for the time that is now, again and again");
    }
  }

  private void send(InetSocketAddress from) {
    for (SentDatagrams.Sent datagram : outbox.take()) {
      sent++;
      while (random.nextDouble() >= loss) {
        long at = nowNanos + 1 + (long) (random.nextDouble() * maxDelayNanos);
        underWay.add(new Delivery(at, sent, datagram.to(), from, datagram.datagram()));
        if (loss == 0 || random.nextInt(10) > 0) {
          break;
        }
      }
    }
  }

  private Node nextDue() {
    return nodes.stream()
        .min(Comparator.comparingLong(node -> node.agent.nextTimeoutNanos()))
        .orElse(null);
  }
}
