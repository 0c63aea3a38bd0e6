package io.wishbone.node;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// The addresses of this machine that others may reach it under.
final class LocalAddresses {
  private static final List<String> INTERNAL =
      List.of("docker", "br-", "veth", "virbr", "cni", "flannel", "cali");

  private LocalAddresses() {}

  /// For a socket that is bound to all addresses: IPv4 first, loopback only where there is nothing
  /// else. Networks between containers of this machine are left out.
  static List<InetAddress> usable(boolean withIpv6) {
    List<InetAddress> addresses = new ArrayList<>();
    try {
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (network.isUp() && !network.isLoopback() && !isInternal(network)) {
          network.inetAddresses().filter(a -> isUsable(a, withIpv6)).forEach(addresses::add);
        }
      }
    } catch (SocketException unknown) {
      addresses.clear();
    }
    addresses.sort(Comparator.comparingInt(address -> address instanceof Inet4Address ? 0 : 1));
    return addresses.isEmpty() ? List.of(loopback()) : addresses;
  }

  /// The same addresses and the loopback one: last, or first where there is no other of IPv4, for
  /// that is what simple clients look for.
  ///
  /// @param usable IPv4 first
  /// @param most how many there may be
  static List<InetAddress> withLoopback(List<InetAddress> usable, int most) {
    List<InetAddress> addresses = new ArrayList<>(usable);
    addresses.remove(loopback());
    boolean hasIpv4 = !addresses.isEmpty() && addresses.getFirst() instanceof Inet4Address;
    addresses.subList(Math.min(most - 1, addresses.size()), addresses.size()).clear();
    addresses.add(hasIpv4 ? addresses.size() : 0, loopback());
    return addresses;
  }

  private static boolean isInternal(NetworkInterface network) {
    return INTERNAL.stream().anyMatch(network.getName()::startsWith);
  }

  /// A link-local address needs a zone, which a candidate cannot carry.
  private static boolean isUsable(InetAddress address, boolean withIpv6) {
    return !address.isLinkLocalAddress()
        && !address.isLoopbackAddress()
        && (withIpv6 || !(address instanceof Inet6Address));
  }

  private static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }
}
