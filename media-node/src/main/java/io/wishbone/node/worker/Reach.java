package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SessionDescription;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From how far an address can be reached, the nearest first.
enum Reach {
  /// From its own machine.
  MACHINE,
  /// From its own site: private and link-local addresses (RFC 1918, 3927, 4193, 6598), such as
  /// containers and pods have.
  SITE,
  ANYWHERE;

  boolean isAsFarAs(Reach other) {
    return compareTo(other) >= 0;
  }

  /// The farthest of them.
  static Reach of(List<IceCandidate> candidates) {
    Reach farthest = MACHINE;
    for (IceCandidate candidate : candidates) {
      farthest = farthest.orFarther(of(candidate.address()));
    }
    return farthest;
  }

  /// Of a peer, by what it has offered and by where signalling has seen it. Public addresses in an
  /// offer only say that it is not on this machine: it may be near by all the same.
  ///
  /// @param seen an IP literal; null when that is unknown
  static Reach ofPeer(SessionDescription offer, @Nullable String seen) {
    Reach offered = MACHINE;
    for (MediaDescription section : offer.media()) {
      offered = offered.orFarther(of(section.candidates()));
    }
    Reach atMost = offered == ANYWHERE ? SITE : offered;
    return seen == null ? atMost : atMost.orFarther(of(seen));
  }

  /// A name, such as browsers give instead of an address, says nothing.
  private static Reach of(String literal) {
    try {
      return of(InetAddress.ofLiteral(literal));
    } catch (IllegalArgumentException name) {
      return MACHINE;
    }
  }

  private static Reach of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return MACHINE;
    }
    return address.isSiteLocalAddress() || address.isLinkLocalAddress() || isShared(address)
        ? SITE
        : ANYWHERE;
  }

  /// 100.64.0.0/10 and fc00::/7.
  private static boolean isShared(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address
        ? (bytes[0] & 0xfe) == 0xfc
        : (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
  }

  private Reach orFarther(Reach other) {
    return isAsFarAs(other) ? this : other;
  }
}
