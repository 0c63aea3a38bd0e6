package io.wishbone.signaling.dispatch;

import io.wishbone.control.Refused;
import io.wishbone.signaling.http.ProblemException;

/// What a client is told when a media node refuses.
public final class Refusals {

  private static final int RETRY_AFTER_SECONDS = 2;

  private Refusals() {}

  public static ProblemException problem(Refused refused) {
    String detail = refused.detail();
    return switch (refused.reason()) {
      case MALFORMED_OFFER -> ProblemException.malformed(detail);
      case UNSUPPORTED_OFFER, CODEC_MISMATCH, LAYER_UNKNOWN ->
          ProblemException.unprocessable(detail);
      case STREAM_ABSENT -> ProblemException.conflict(detail, RETRY_AFTER_SECONDS);
      case STREAM_TAKEN -> ProblemException.conflict(detail);
      case SESSION_UNKNOWN -> ProblemException.notFound("the session has ended");
      case NODE_FULL, NODE_DRAINING, STREAM_FULL ->
          ProblemException.unavailable(detail, RETRY_AFTER_SECONDS);
      case INTERNAL -> ProblemException.internal(detail);
    };
  }

  /// Whether another node may do what was refused.
  ///
  /// @param isRelay whether the node was to have the stream from another one
  public static boolean isAboutTheNode(Refused refused, boolean isRelay) {
    return switch (refused.reason()) {
      case NODE_FULL, NODE_DRAINING, STREAM_FULL -> true;
      case STREAM_ABSENT -> isRelay;
      case MALFORMED_OFFER,
          UNSUPPORTED_OFFER,
          CODEC_MISMATCH,
          LAYER_UNKNOWN,
          STREAM_TAKEN,
          SESSION_UNKNOWN,
          INTERNAL ->
          false;
    };
  }
}
