package io.wishbone.webrtc.dtls;

/// Why an association failed.
public enum DtlsFailure {
  /// The peer's certificate has none of the fingerprints of its description.
  FINGERPRINT_MISMATCH,
  /// The peer did not show a certificate.
  NO_CERTIFICATE,
  /// The peer does not speak DTLS-SRTP, or none of our protection profiles.
  NO_SRTP_PROFILE,
  /// The peer sent a fatal alert.
  PEER_ALERT,
  /// The handshake took longer than [DtlsAssociation#HANDSHAKE_TIMEOUT_NANOS].
  TIMEOUT,
  /// What the peer sent is not a handshake that we can go along with; the detail says more.
  PROTOCOL,
  /// A fault on our side.
  INTERNAL
}
