package io.wishbone.node.tracing;

import io.wishbone.control.TraceParent;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.Milestone;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.StreamReport;
import io.wishbone.node.worker.WorkerListener;

/// Records milestones, and lets events go out with the trace of the session that they are about.
record TracedWorker(WorkerListener listener, SessionSpans spans) implements WorkerListener {

  @Override
  public void onMilestone(String sessionId, Milestone milestone, long nowNanos) {
    spans.reached(sessionId, milestone, nowNanos);
    listener.onMilestone(sessionId, milestone, nowNanos);
  }

  @Override
  public void onConnected(String sessionId, String stream, SessionRole role) {
    TraceParent.run(spans.traceOf(sessionId), () -> listener.onConnected(sessionId, stream, role));
  }

  @Override
  public void onEnded(
      String sessionId,
      String stream,
      SessionRole role,
      EndReason reason,
      String detail,
      Verdict verdict) {
    TraceParent trace = spans.traceOf(sessionId);
    spans.ended(sessionId, reason, verdict);
    TraceParent.run(
        trace, () -> listener.onEnded(sessionId, stream, role, reason, detail, verdict));
  }

  @Override
  public void onOutgrown(String sessionId, String stream) {
    TraceParent.run(spans.traceOf(sessionId), () -> listener.onOutgrown(sessionId, stream));
  }

  @Override
  public void onPullEnded(String pullId) {
    listener.onPullEnded(pullId);
  }

  @Override
  public void onStream(StreamReport report) {
    listener.onStream(report);
  }

  @Override
  public void onFirstFrame(String sessionId, long nanos) {
    listener.onFirstFrame(sessionId, nanos);
  }
}
