package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/// A session that is to be opened.
///
/// @param replaces the publisher whose place it takes once it is accepted, if that still publishes
///   the stream
/// @param counterOfferNanos how long an offer of ours may wait for its answer, when nothing in this
///   one fits; [#NEVER] when there is to be none
/// @param clientAddress where the client was seen, an IP literal; null when that is unknown
/// @param lifetimeNanos how long it may last from its opening, [#UNLIMITED] for as long as it likes
public record OpenRequest(
    String sessionId,
    String stream,
    SessionRole role,
    SessionDescription offer,
    @Nullable String replaces,
    long lifetimeNanos,
    long counterOfferNanos,
    @Nullable String clientAddress) {

  public static final long UNLIMITED = Long.MAX_VALUE;

  /// No counter-offer.
  public static final long NEVER = 0;

  /// A session whose offer is answered, or refused.
  public OpenRequest(
      String sessionId,
      String stream,
      SessionRole role,
      SessionDescription offer,
      @Nullable String replaces,
      long lifetimeNanos) {
    this(sessionId, stream, role, offer, replaces, lifetimeNanos, NEVER, null);
  }

  /// A session that takes nobody's place and lasts for as long as it likes.
  public OpenRequest(String sessionId, String stream, SessionRole role, SessionDescription offer) {
    this(sessionId, stream, role, offer, null, UNLIMITED);
  }
}
