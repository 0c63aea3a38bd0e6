package io.wishbone.webrtc.transport;

/// Why a [PeerTransport] ended by itself.
public enum TransportCloseReason {
  /// The peer sent a DTLS close_notify or a fatal alert (RFC 7675 section 5.2: consent is revoked
  /// at once).
  CLOSED_BY_PEER,
  /// The DTLS handshake failed or took too long; the detail says how.
  DTLS_FAILED,
  /// ICE failed, or the peer's consent expired (RFC 7675 section 5.1).
  ICE_FAILED
}
