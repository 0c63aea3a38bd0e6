package io.wishbone.node.worker;

import io.wishbone.node.negotiation.CodecPreferences;
import io.wishbone.webrtc.sdp.IceCandidate;
import java.util.List;

/// What a worker has to know.
///
/// @param candidates where peers reach the worker, the address that every client can use first
/// @param maxSessions sessions beyond this are refused
/// @param connectTimeoutNanos a session that is not connected by then is ended
/// @param silenceTimeoutNanos a session whose peer has not been heard of for so long is ended
/// @param publisherGraceNanos how long viewers wait for the next publisher when theirs has gone
public record WorkerConfiguration(
    List<IceCandidate> candidates,
    CodecPreferences audio,
    CodecPreferences video,
    int maxSessions,
    long connectTimeoutNanos,
    long silenceTimeoutNanos,
    long publisherGraceNanos) {

  private static final long SECOND = 1_000_000_000L;

  public WorkerConfiguration {
    candidates = List.copyOf(candidates);
  }

  /// The usual limits.
  public static WorkerConfiguration of(List<IceCandidate> candidates) {
    return new WorkerConfiguration(
        candidates,
        CodecPreferences.NONE,
        CodecPreferences.NONE,
        10_000,
        30 * SECOND,
        7 * SECOND,
        30 * SECOND);
  }
}
