package io.wishbone.webrtc.transport;

/// Why an incoming datagram, or an outgoing packet, went no further. Counted, never logged one by
/// one.
public enum DropReason {
  /// The first byte belongs to no protocol that is spoken here (RFC 7983).
  UNKNOWN_PROTOCOL,
  /// Its source has not passed an authenticated connectivity check.
  UNVALIDATED_SOURCE,
  /// The filter in front of the DTLS stack refused it.
  DTLS_FILTERED,
  /// Too many DTLS datagrams wait for the handshake to get on.
  DTLS_QUEUE_FULL,
  /// SRTP that came before its keys.
  BEFORE_KEYS,
  /// SRTP or SRTCP that is a replay, carries a wrong tag, or is too short to be one.
  SRTP_REFUSED,
  /// An outgoing packet without a connected peer to go to.
  NOT_CONNECTED
}
