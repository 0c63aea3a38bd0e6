package io.wishbone.node;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes the candidates of a worker: what its answers say about where it is.
final class HostCandidates {
  /// An answer with more of them would only make clients check longer.
  private static final int MAX = 8;

  private static final int TYPE_PREFERENCE = 126;
  private static final int MAX_LOCAL_PREFERENCE = 65535;
  private static final int COMPONENT = 1;

  private HostCandidates() {}

  /// Candidates for a bound socket, IPv4 first: FFmpeg takes the first one that it understands, and
  /// nothing else.
  ///
  /// @param advertised empty for the local addresses
  /// @param clientsAreHere whether the loopback address belongs to the local ones
  static List<IceCandidate> of(
      InetSocketAddress bound,
      List<AdvertisedPlace> advertised,
      int worker,
      boolean clientsAreHere) {
    List<InetSocketAddress> places = new ArrayList<>();
    if (advertised.isEmpty()) {
      for (InetAddress address : local(bound.getAddress(), clientsAreHere)) {
        places.add(new InetSocketAddress(address, bound.getPort()));
      }
    } else {
      for (AdvertisedPlace place : advertised) {
        places.add(place.of(worker, bound.getPort()));
      }
      places.sort(Comparator.comparing(place -> place.getAddress() instanceof Inet6Address));
    }
    List<IceCandidate> candidates = new ArrayList<>();
    for (InetSocketAddress place : places.subList(0, Math.min(MAX, places.size()))) {
      candidates.add(candidate(place, candidates.size()));
    }
    return candidates;
  }

  /// Where other nodes find a bound socket: what clients are told, and the local addresses as well,
  /// since nodes may share a network that clients do not reach. Whoever asks tries them all.
  static List<IceCandidate> forNodes(
      InetSocketAddress bound,
      List<AdvertisedPlace> advertised,
      int worker,
      boolean clientsAreHere) {
    List<IceCandidate> candidates = new ArrayList<>(of(bound, List.of(), worker, clientsAreHere));
    if (!advertised.isEmpty()) {
      candidates.addAll(of(bound, advertised, worker, clientsAreHere));
    }
    return candidates;
  }

  private static List<InetAddress> local(InetAddress bound, boolean clientsAreHere) {
    if (!bound.isAnyLocalAddress()) {
      return List.of(bound);
    }
    List<InetAddress> usable = LocalAddresses.usable(bound instanceof Inet6Address);
    return clientsAreHere ? LocalAddresses.withLoopback(usable, MAX) : usable;
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
}
