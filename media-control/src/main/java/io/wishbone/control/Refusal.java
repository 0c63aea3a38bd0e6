package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/// The kind of fault behind a [Refused].
public enum Refusal {
  /// The offer or fragment contradicts itself or lacks what is needed.
  MALFORMED_OFFER,
  /// Well-formed, but asks for something that the node does not do.
  UNSUPPORTED_OFFER,
  /// Publisher and subscriber, or publisher and node, share no codec.
  CODEC_MISMATCH,
  /// The stream has no such quality, or no picture to choose one of.
  LAYER_UNKNOWN,
  /// Nobody publishes the stream.
  STREAM_ABSENT,
  /// Somebody else publishes the stream.
  STREAM_TAKEN,
  /// The stream has as many viewers as it takes.
  STREAM_FULL,
  /// The node does not know the session.
  SESSION_UNKNOWN,
  /// The node has as many sessions as it takes.
  NODE_FULL,
  /// The node takes no new sessions because it is about to stop.
  NODE_DRAINING,
  /// A fault of the node, or what only a newer version has a word for.
  @JsonEnumDefaultValue
  INTERNAL
}
