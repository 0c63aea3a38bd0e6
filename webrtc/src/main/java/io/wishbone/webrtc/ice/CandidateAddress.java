package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Says where a candidate is that can be checked: UDP, component 1, an address in figures. Names
/// are never looked up, `.local` ones included.
final class CandidateAddress {

  private CandidateAddress() {}

  /// Null when the candidate is of no use.
  static @Nullable InetSocketAddress of(IceCandidate candidate) {
    InetSocketAddress address = candidate.socketAddress();
    if (!candidate.isUdp()
        || candidate.component() != 1
        || address == null
        || address.getPort() == 0) {
      return null;
    }
    InetAddress host = address.getAddress();
    return host.isAnyLocalAddress() || host.isMulticastAddress() ? null : address;
  }
}
