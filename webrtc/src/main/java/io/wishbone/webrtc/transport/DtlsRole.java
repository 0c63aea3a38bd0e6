package io.wishbone.webrtc.transport;

/// Which side of the DTLS handshake is ours, as `a=setup` has decided (RFC 8842 section 5).
public enum DtlsRole {
  /// We answered or offered `active`, and send the ClientHello.
  CLIENT,
  /// We answered or offered `passive`, and wait for it.
  SERVER
}
