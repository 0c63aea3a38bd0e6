package io.wishbone.control;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Open a session for this offer. Answered with [SessionOpened], [CounterOffered] or [Refused].
///
/// @param offer the SDP offer as received; signalling has parsed it once, so it is well-formed
/// @param replaces the publisher that this one takes the stream over from. It is ended with
///   [CloseReason#REPLACED] at the moment the new one is accepted, and goes on when that is
///   refused; it does no harm when it is unknown
/// @param lifetime how long the session may last, counted from its opening; the node then ends it
///   with [CloseReason#LIFETIME_OVER]. Null for as long as it likes
/// @param counterOfferValidity how long the node may wait for the answer to an offer of its own,
///   when it has nothing in the codecs of a subscriber's offer; null forbids such an offer
/// @param origin where the node gets the stream for a subscriber, if it has not got it: another
///   node, which has it; null when it has to be there
/// @param clientAddress where signalling sees the client, an IP literal; null when that is unknown
public record OpenSession(
    SessionId sessionId,
    StreamName stream,
    SessionRole role,
    String offer,
    @Nullable SessionId replaces,
    @Nullable Duration lifetime,
    @Nullable Duration counterOfferValidity,
    @Nullable NodeId origin,
    @Nullable String clientAddress)
    implements Command {

  public OpenSession {
    if (lifetime != null && !lifetime.isPositive()) {
      throw new IllegalArgumentException("a lifetime that is over before it begins");
    }
  }

  /// A session whose stream is at the node, or is its own.
  public OpenSession(
      SessionId sessionId,
      StreamName stream,
      SessionRole role,
      String offer,
      @Nullable SessionId replaces,
      @Nullable Duration lifetime,
      @Nullable Duration counterOfferValidity) {
    this(sessionId, stream, role, offer, replaces, lifetime, counterOfferValidity, null, null);
  }

  /// A session whose offer is answered, or refused.
  public OpenSession(
      SessionId sessionId,
      StreamName stream,
      SessionRole role,
      String offer,
      @Nullable SessionId replaces,
      @Nullable Duration lifetime) {
    this(sessionId, stream, role, offer, replaces, lifetime, null);
  }

  /// A session that lasts for as long as it likes.
  public OpenSession(
      SessionId sessionId,
      StreamName stream,
      SessionRole role,
      String offer,
      @Nullable SessionId replaces) {
    this(sessionId, stream, role, offer, replaces, null);
  }

  /// A session that takes nobody's place.
  public OpenSession(SessionId sessionId, StreamName stream, SessionRole role, String offer) {
    this(sessionId, stream, role, offer, null, null);
  }
}
