package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/// Why a session ended.
public enum CloseReason {
  /// The client sent DELETE to the session URL.
  CLIENT_DELETED,
  /// The client ended its DTLS association.
  CLIENT_CLOSED,
  /// Neither authenticated STUN nor authenticated media came for too long.
  SILENT,
  /// ICE and DTLS were never completed.
  NEVER_CONNECTED,
  /// The DTLS handshake failed, such as by a certificate that does not match the offer.
  DTLS_FAILED,
  /// Another publisher took over the stream.
  REPLACED,
  /// The stream that a subscriber watched has no publisher any more.
  PUBLISHER_GONE,
  /// The stream that a subscriber watched has another publisher, with codecs that the subscriber
  /// was not answered with.
  CODECS_CHANGED,
  /// The node shuts down.
  NODE_STOPPING,
  /// The node was not heard of any more: it died, or is cut off.
  NODE_LOST,
  /// It has lasted for as long as it was allowed to.
  LIFETIME_OVER,
  /// Somebody who operates the server ended it.
  OPERATOR,
  /// Signalling gave the session up while it was being opened.
  ABANDONED,
  /// A fault of the node, or what only a newer version has a word for.
  @JsonEnumDefaultValue
  INTERNAL
}
