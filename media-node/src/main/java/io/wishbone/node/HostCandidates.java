package io.wishbone.node;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Makes the candidates of a worker: what its answers say about where it is.
final class HostCandidates {
  /// An answer with more of them would only make clients check longer.
  private static final int MAX = 8;

  private static final int TYPE_PREFERENCE = 126;
  private static final int MAX_LOCAL_PREFERENCE = 65535;
  private static final int COMPONENT = 1;

  private HostCandidates() {}

  /// Candidates for a bound socket.
  ///
  /// @param advertised `HOST` or `HOST:PORT` each, empty for the local addresses
  /// @param worker is added to an advertised port, as it is added to the bound one
  static List<IceCandidate> of(InetSocketAddress bound, List<String> advertised, int worker) {
    List<InetSocketAddress> places = new ArrayList<>();
    if (advertised.isEmpty()) {
      for (InetAddress address : local(bound.getAddress())) {
        places.add(new InetSocketAddress(address, bound.getPort()));
      }
    } else {
      for (String place : advertised) {
        places.add(parse(place, bound.getPort(), worker));
      }
    }
    List<IceCandidate> candidates = new ArrayList<>();
    for (InetSocketAddress place : places.subList(0, Math.min(MAX, places.size()))) {
      candidates.add(candidate(place, candidates.size()));
    }
    return candidates;
  }

  private static List<InetAddress> local(InetAddress bound) {
    return bound.isAnyLocalAddress()
        ? LocalAddresses.usable(bound instanceof Inet6Address)
        : List.of(bound);
  }

  /// RFC 8445 section 5.1.2.1: earlier ones are preferred.
  private static IceCandidate candidate(InetSocketAddress place, int number) {
    long priority =
        ((long) TYPE_PREFERENCE << 24)
            | ((long) (MAX_LOCAL_PREFERENCE - number) << 8)
            | (256 - COMPONENT);
    String address = place.getAddress().getHostAddress();
    int zone = address.indexOf('%');
    return new IceCandidate(
        Integer.toString(number + 1),
        COMPONENT,
        "udp",
        priority,
        zone < 0 ? address : address.substring(0, zone),
        place.getPort(),
        "host");
  }

  static InetSocketAddress parse(String place, int boundPort, int worker) {
    String text = place.strip();
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.charAt(colon - 1) == ']' || text.indexOf(':') == colon);
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) + worker : boundPort;
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "wishbone.advertise is not HOST or HOST:PORT: " + place, e);
    }
  }
}
