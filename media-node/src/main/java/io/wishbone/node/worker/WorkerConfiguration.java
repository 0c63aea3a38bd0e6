package io.wishbone.node.worker;

import io.wishbone.node.negotiation.CodecPreferences;
import io.wishbone.node.session.MediaPolicy;
import io.wishbone.webrtc.sdp.IceCandidate;
import java.util.List;

/// What a worker has to know.
///
/// @param candidates where peers reach the worker, the address that every client can use first
/// @param maxSessions sessions beyond this are refused
/// @param maxViewers of one stream; viewers beyond this are refused
/// @param connectTimeoutNanos a session that is not connected by then is ended
/// @param silenceTimeoutNanos a session whose peer has not been heard of for so long is ended
/// @param publisherGraceNanos how long viewers wait for the next publisher when theirs has gone
/// @param media what is kept of media, and how it is sent
/// @param wallClockOffsetNanos what makes the worker's monotonic time nanoseconds since 1970; for
///   publishers that do not tell their own wall clock
public record WorkerConfiguration(
    List<IceCandidate> candidates,
    CodecPreferences audio,
    CodecPreferences video,
    int maxSessions,
    int maxViewers,
    long connectTimeoutNanos,
    long silenceTimeoutNanos,
    long publisherGraceNanos,
    MediaPolicy media,
    long wallClockOffsetNanos) {

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
        Integer.MAX_VALUE,
        30 * SECOND,
        7 * SECOND,
        30 * SECOND,
        MediaPolicy.USUAL,
        0);
  }

  /// The same, with other bounds of media.
  public WorkerConfiguration withMedia(MediaPolicy policy) {
    return new WorkerConfiguration(
        candidates,
        audio,
        video,
        maxSessions,
        maxViewers,
        connectTimeoutNanos,
        silenceTimeoutNanos,
        publisherGraceNanos,
        policy,
        wallClockOffsetNanos);
  }

  /// The same, with another wall clock.
  public WorkerConfiguration withWallClockOffset(long nanos) {
    return new WorkerConfiguration(
        candidates,
        audio,
        video,
        maxSessions,
        maxViewers,
        connectTimeoutNanos,
        silenceTimeoutNanos,
        publisherGraceNanos,
        media,
        nanos);
  }
}
