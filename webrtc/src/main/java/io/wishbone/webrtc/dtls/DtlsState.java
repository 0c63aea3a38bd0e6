package io.wishbone.webrtc.dtls;

import io.wishbone.webrtc.srtp.SrtpKeyingMaterial;

/// Where an association stands. `Failed` and `Closed` are final.
public sealed interface DtlsState {

  record Handshaking() implements DtlsState {}

  /// The peer proved to own a certificate with a fingerprint that we were given; keys are agreed.
  record Connected(SrtpKeyingMaterial keys) implements DtlsState {}

  /// @param detail for logs and people; may hold words of the peer's choice, never secrets
  record Failed(DtlsFailure reason, String detail) implements DtlsState {}

  /// One of the two sides sent close_notify.
  record Closed() implements DtlsState {}
}
