package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/// A session that is to be opened.
///
/// @param replaces the publisher whose place it takes once it is accepted, if that still publishes
///   the stream
/// @param lifetimeNanos how long it may last from its opening, [#UNLIMITED] for as long as it likes
public record OpenRequest(
    String sessionId,
    String stream,
    SessionRole role,
    SessionDescription offer,
    @Nullable String replaces,
    long lifetimeNanos) {

  public static final long UNLIMITED = Long.MAX_VALUE;

  /// A session that takes nobody's place and lasts for as long as it likes.
  public OpenRequest(String sessionId, String stream, SessionRole role, SessionDescription offer) {
    this(sessionId, stream, role, offer, null, UNLIMITED);
  }
}
