package io.wishbone.webrtc.ice;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunReader;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TokenBucket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// The STUN server half of an agent (RFC 8445 section 7.3): authenticates checks and answers them.
///
/// A check that is not authentic gets no answer at all, not even the 400 or 401 of RFC 8489:
/// nothing is sent to an address that is not known to be the peer's.
final class CheckResponder {

  /// Browsers send 20 checks a second at most while they connect. Sources that are known have
  /// tokens of their own: whoever saw the username fragment go by cannot spend those of the peer.
  private static final int CHECKS_PER_SECOND = 100;

  private static final int BURST = 100;

  private final TokenBucket fromKnown = new TokenBucket(CHECKS_PER_SECOND, BURST);
  private final TokenBucket fromUnknown = new TokenBucket(CHECKS_PER_SECOND, BURST);
  private final StunWriter writer = new StunWriter();

  private byte[] localFragment;
  private StunKey localKey;

  CheckResponder(IceCredentials local) {
    localFragment = local.usernameFragment().getBytes(StandardCharsets.UTF_8);
    localKey = StunKey.shortTerm(local.password());
  }

  void replaceCredentials(IceCredentials local) {
    localFragment = local.usernameFragment().getBytes(StandardCharsets.UTF_8);
    localKey = StunKey.shortTerm(local.password());
  }

  /// Whether the request comes from someone who knows our password. The remote half of the username
  /// is not looked at (RFC 8445 section 7.3).
  boolean authenticates(StunReader request, boolean fromKnownSource, long nowNanos) {
    return request.isAddressedTo(localFragment)
        && (fromKnownSource ? fromKnown : fromUnknown).take(nowNanos)
        && request.fingerprintMatches()
        && request.verifies(localKey);
  }

  void accept(StunReader request, InetSocketAddress from, Outbox outbox) {
    begin(StunMessageType.BINDING_SUCCESS, request, outbox).mappedAddress(from);
    finish(from, outbox);
  }

  /// RFC 8489 section 6.3.1: 420.
  void rejectUnknownAttributes(StunReader request, InetSocketAddress from, Outbox outbox) {
    begin(StunMessageType.BINDING_ERROR, request, outbox)
        .errorCode(420, "Unknown Attribute")
        .unknownAttributes(request.unknownAttributes());
    finish(from, outbox);
  }

  /// RFC 8445 section 7.3.1.1: 487.
  void rejectRole(StunReader request, InetSocketAddress from, Outbox outbox) {
    begin(StunMessageType.BINDING_ERROR, request, outbox).errorCode(487, "Role Conflict");
    finish(from, outbox);
  }

  private StunWriter begin(StunMessageType type, StunReader request, Outbox outbox) {
    int offset = outbox.claim(StunWriter.ROOM);
    return writer.begin(outbox.buffer(), offset, type, request.transactionId());
  }

  private void finish(InetSocketAddress to, Outbox outbox) {
    writer.integrity(localKey).fingerprint();
    outbox.commit(writer.offset(), writer.length(), to);
  }
}
