package io.wishbone.node.worker;

/// Why a session was not opened, or not changed.
public enum RefusalReason {
  MALFORMED_OFFER,
  UNSUPPORTED_OFFER,
  CODEC_MISMATCH,
  /// There is no such quality, or no picture.
  LAYER_UNKNOWN,
  /// Nobody publishes the stream.
  STREAM_ABSENT,
  /// Somebody publishes the stream.
  STREAM_TAKEN,
  /// The stream has as many viewers as it takes.
  STREAM_FULL,
  SESSION_UNKNOWN,
  /// The worker has as many sessions as it takes.
  FULL,
  /// A fault of ours.
  INTERNAL
}
