package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.transport.DtlsRole;
import java.util.Set;

/// What the peer's transport needs to know.
///
/// @param iceCredentials the peer's
/// @param fingerprints one of them has to match the peer's certificate
/// @param dtlsRole ours
/// @param reducedSizeRtcp whether RTCP may be sent without a report in front (RFC 5506)
/// @param twoByteExtensions whether the peer takes header extensions of both forms in a packet
///   stream (RFC 8285 section 6)
public record NegotiatedPeer(
    IceCredentials iceCredentials,
    Set<Fingerprint> fingerprints,
    DtlsRole dtlsRole,
    boolean reducedSizeRtcp,
    boolean twoByteExtensions) {
  public NegotiatedPeer {
    fingerprints = Set.copyOf(fingerprints);
  }
}
