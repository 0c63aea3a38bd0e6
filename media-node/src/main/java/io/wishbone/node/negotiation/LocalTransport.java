package io.wishbone.node.negotiation;

import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import java.util.List;

/// What an answer says of our side of the transport.
///
/// @param sessionId the number in the answer's `o=` line
/// @param iceLite whether our agent is a lite one, which the answer has to say
/// @param candidates all of them: none can be added later (RFC 9725 section 4.3.2); the one that
///   every client can use comes first
/// @param sources the names of what we send
public record LocalTransport(
    long sessionId,
    IceCredentials iceCredentials,
    Fingerprint fingerprint,
    boolean iceLite,
    List<IceCandidate> candidates,
    LocalSources sources) {
  public LocalTransport {
    candidates = List.copyOf(candidates);
  }
}
