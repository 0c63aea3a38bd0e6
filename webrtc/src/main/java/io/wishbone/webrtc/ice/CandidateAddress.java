package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the address of a candidate that can be checked: UDP, component 1, an address in figures.
/// Names are never looked up, `.local` ones included.
final class CandidateAddress {

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /// No zone: it would be looked up among the interfaces.
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private CandidateAddress() {}

  /// Null when the candidate is of no use.
  static @Nullable InetSocketAddress of(IceCandidate candidate) {
    if (!candidate.transport().equalsIgnoreCase("udp")
        || candidate.component() != 1
        || candidate.port() < 1
        || candidate.port() > 65_535) {
      return null;
    }
    InetAddress address = literal(candidate.address());
    if (address == null || address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return null;
    }
    return new InetSocketAddress(address, candidate.port());
  }

  private static @Nullable InetAddress literal(String text) {
    boolean numeric =
        IPV4.matcher(text).matches() || (text.indexOf(':') >= 0 && IPV6.matcher(text).matches());
    if (!numeric) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
