package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.SessionDescription;
import org.jspecify.annotations.Nullable;

/// A session that is to be opened.
///
/// @param replaces the publisher whose place it takes once it is accepted, if that still publishes
///   the stream
public record OpenRequest(
    String sessionId,
    String stream,
    SessionRole role,
    SessionDescription offer,
    @Nullable String replaces) {

  /// A session that takes nobody's place.
  public OpenRequest(String sessionId, String stream, SessionRole role, SessionDescription offer) {
    this(sessionId, stream, role, offer, null);
  }
}
