package io.wishbone.node.worker;

/// Why a session ended.
public enum EndReason {
  /// A command closed it.
  CLOSED,
  /// Another publisher took its place.
  REPLACED,
  /// The peer ended its DTLS association.
  CLOSED_BY_PEER,
  /// Neither authenticated checks nor authenticated media came for too long.
  SILENT,
  /// ICE and DTLS were not completed in time.
  NEVER_CONNECTED,
  /// The DTLS handshake failed, such as by a certificate that is not the announced one.
  DTLS_FAILED,
  /// It has lasted for as long as it was allowed to.
  LIFETIME_OVER,
  /// The stream has no publisher any more.
  PUBLISHER_GONE,
  /// The stream has another publisher, with codecs that the viewer was not answered with.
  CODECS_CHANGED,
  /// A fault of ours.
  FAULT
}
