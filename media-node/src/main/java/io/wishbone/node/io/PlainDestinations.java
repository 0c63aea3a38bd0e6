package io.wishbone.node.io;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/// Where segmented datagrams do not go: a bounded number of addresses, the latest ones.
final class PlainDestinations {
  private static final int CAPACITY = 1024;

  private final Set<InetSocketAddress> addresses = new HashSet<>();
  private final ArrayDeque<InetSocketAddress> order = new ArrayDeque<>();

  boolean contains(InetSocketAddress address) {
    return !addresses.isEmpty() && addresses.contains(address);
  }

  /// False: it was one already.
  boolean add(InetSocketAddress address) {
    if (!addresses.add(address)) {
      return false;
    }
    order.add(address);
    if (order.size() > CAPACITY) {
      addresses.remove(order.poll());
    }
    return true;
  }
}
