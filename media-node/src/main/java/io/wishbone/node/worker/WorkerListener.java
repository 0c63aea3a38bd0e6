package io.wishbone.node.worker;

import io.wishbone.node.doctor.Verdict;

/// Hears what happens to a worker's sessions, on the worker's thread.
public interface WorkerListener {

  /// ICE and DTLS are complete.
  void onConnected(String sessionId, String stream, SessionRole role);

  /// The session is gone. Told once for every session that was opened.
  ///
  /// @param verdict what was wrong with it at its end
  void onEnded(
      String sessionId,
      String stream,
      SessionRole role,
      EndReason reason,
      String detail,
      Verdict verdict);

  /// A stream is not pulled any more, or was not because it was there already. Told once for every
  /// request to pull one.
  void onPullEnded(String pullId);

  /// How a stream is doing, when there is news.
  void onStream(StreamReport report);

  /// The stream has a sound or a picture that it had not when the viewer's session was answered.
  /// The session goes on; told once for it.
  default void onOutgrown(String sessionId, String stream) {}

  /// A session has come so far.
  default void onMilestone(String sessionId, Milestone milestone, long nowNanos) {}

  /// A viewer was sent its first whole frame, so long after it was connected.
  default void onFirstFrame(String sessionId, long nanos) {}
}
