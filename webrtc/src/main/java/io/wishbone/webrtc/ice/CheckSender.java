package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// The STUN client half of an agent, for one generation of credentials (RFC 8445 section 7.2).
final class CheckSender {

  private final StunWriter writer = new StunWriter();
  private final byte[] username;
  private final StunKey remoteKey;

  CheckSender(IceCredentials local, IceCredentials remote) {
    username =
        (remote.usernameFragment() + ":" + local.usernameFragment())
            .getBytes(StandardCharsets.UTF_8);
    remoteKey = StunKey.shortTerm(remote.password());
  }

  void send(
      TransactionId id,
      InetSocketAddress to,
      boolean controlling,
      long tieBreaker,
      boolean useCandidate,
      Outbox outbox) {
    int offset = outbox.claim(StunWriter.ROOM + username.length);
    writer
        .begin(outbox.buffer(), offset, StunMessageType.BINDING_REQUEST, id)
        .username(username)
        .priority(CandidatePriority.PEER_REFLEXIVE);
    if (controlling) {
      writer.controlling(tieBreaker);
    } else {
      writer.controlled(tieBreaker);
    }
    if (useCandidate) {
      writer.useCandidate();
    }
    writer.integrity(remoteKey).fingerprint();
    outbox.commit(offset, writer.length(), to);
  }

  /// Whether the response comes from someone who knows the peer's password.
  boolean authenticates(StunReader response) {
    return response.fingerprintMatches() && response.verifies(remoteKey);
  }
}
