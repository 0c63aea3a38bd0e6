package io.wishbone.node.session;

/// Why a datagram or packet went no further, beyond what its transport counts. Counted, never
/// logged one by one.
public enum MediaDropReason {
  /// The first byte belongs to no protocol that is spoken here (RFC 7983).
  UNKNOWN_PROTOCOL,
  /// A Binding request that names no session of the worker.
  UNKNOWN_USERNAME_FRAGMENT,
  /// Too many Binding requests from a source that no session has validated.
  STUN_RATE_LIMITED,
  /// DTLS, RTP or RTCP from a source that no session has validated.
  UNKNOWN_SOURCE,
  /// An authentic check from an address where another session is heard: forged, or one of the two
  /// is a leftover.
  SOURCE_TAKEN,
  /// No well-formed RTP packet.
  MALFORMED_RTP,
  /// Sound with copies of what was sent before whose headers make no sense (RFC 2198).
  MALFORMED_RED,
  /// A payload type that was not agreed on.
  UNKNOWN_PAYLOAD_TYPE,
  /// A packet of a simulcast track that does not say of which encoding.
  UNKNOWN_ENCODING,
  /// A source that sends more SSRCs than it has tracks and encodings for.
  TOO_MANY_SOURCES,
  /// A retransmission that does not say of what, or of something that has not come yet.
  RETRANSMISSION,
  /// A retransmission of nothing: it only probes the path.
  PROBE,
  /// A packet that was here before, or was given up.
  DUPLICATE,
  /// A packet from before the keyframe that a viewer began with, or was switched at.
  BEFORE_SWITCH
}
