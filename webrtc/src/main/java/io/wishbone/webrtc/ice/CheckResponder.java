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
import org.jspecify.annotations.Nullable;

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

  private Local current;

  /// What the peer knows as long as it has not heard of the current ones.
  private @Nullable Local previous;

  /// What the request was authenticated by that is answered now.
  private Local asked;

  private record Local(byte[] usernameFragment, StunKey key) {
    static Local of(IceCredentials credentials) {
      return new Local(
          credentials.usernameFragment().getBytes(StandardCharsets.UTF_8),
          StunKey.shortTerm(credentials.password()));
    }
  }

  CheckResponder(IceCredentials local) {
    current = Local.of(local);
    asked = current;
  }

  /// From now on, nothing but these is accepted.
  void replaceCredentials(IceCredentials local) {
    current = Local.of(local);
    previous = null;
  }

  /// Accepts these as well as the previous ones, which are only accepted from sources that are
  /// known, and until [#settle]. What was offered in between, and never settled, is forgotten.
  void offerCredentials(IceCredentials local) {
    if (previous == null) {
      previous = current;
    }
    current = Local.of(local);
  }

  /// The peer goes by the credentials of the request that was authenticated last: when they are the
  /// current ones, there are no others from now on.
  void settle() {
    if (asked == current) {
      previous = null;
    }
  }

  /// Whether the request comes from someone who knows our password. The remote half of the username
  /// is not looked at (RFC 8445 section 7.3).
  boolean authenticates(StunReader request, boolean fromKnownSource, long nowNanos) {
    Local named = named(request, fromKnownSource);
    if (named == null
        || !(fromKnownSource ? fromKnown : fromUnknown).take(nowNanos)
        || !request.fingerprintMatches()
        || !request.verifies(named.key())) {
      return false;
    }
    asked = named;
    return true;
  }

  private @Nullable Local named(StunReader request, boolean fromKnownSource) {
    if (request.isAddressedTo(current.usernameFragment())) {
      return current;
    }
    return previous != null && fromKnownSource && request.isAddressedTo(previous.usernameFragment())
        ? previous
        : null;
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
    writer.integrity(asked.key()).fingerprint();
    outbox.commit(writer.offset(), writer.length(), to);
  }
}
